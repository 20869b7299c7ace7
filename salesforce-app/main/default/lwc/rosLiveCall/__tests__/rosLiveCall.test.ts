import call from '@salesforce/apex/RosEdge.call';
import RosLiveCall from 'c/rosLiveCall';
import { card, live, no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;

/** A socket whose other end is the test. */
class FakeSocket {
  static OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: unknown[] = [];
  onopen: () => void = () => undefined;
  onclose: () => void = () => undefined;
  onmessage: (message: { data: string }) => void = () => undefined;
  url: string;
  protocols: string[];

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }

  open(): void {
    this.readyState = 1;
    this.onopen();
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.readyState = 3;
    this.onclose();
  }

  async say(frame: unknown): Promise<void> {
    this.onmessage({ data: JSON.stringify(frame) });
    await settle();
  }
}

let view: unknown = live;
let ticket = yes({ url: 'wss://live.example/v1/live/call-1', token: 'a.b.c', expiresAt: '2026-11-21T00:00:00Z' });
const asked = () => apex.mock.calls.map(([request]) => `${request.verb} ${request.path}`);
const socket = () => FakeSocket.all[FakeSocket.all.length - 1] as FakeSocket;
const open = async () => {
  const element = show('c-ros-live-call', RosLiveCall, { callId: 'call-1' });
  await settle();
  return element;
};
/** What the card inside shows; null where there is none. */
const inCard = (element: HTMLElement, selector: string) => {
  const card = find(element, 'c-ros-guidance-card');
  return card && find(card, selector);
};
const inNotes = (element: HTMLElement, selector: string) => find(find(element, 'c-ros-live-notes'), selector);
const connected = async () => {
  const element = await open();
  socket().open();
  await socket().say({ type: 'hello', seq: 3, version: 1, callId: 'call-1', consent: 'granted', card: null });
  return element;
};

describe('c-ros-live-call', () => {
  beforeEach(() => {
    Object.assign(globalThis, { WebSocket: FakeSocket });
    FakeSocket.all = [];
    view = live;
    ticket = yes({ url: 'wss://live.example/v1/live/call-1', token: 'a.b.c', expiresAt: '2026-11-21T00:00:00Z' });
    apex.mockImplementation(async ({ path }) => {
      if (path.endsWith('/ticket')) return ticket;
      if (path.includes('/live')) return yes(view);
      return yes({});
    });
    jest.useFakeTimers();
  });
  afterEach(() => {
    clear();
    jest.useRealTimers();
    apex.mockReset();
  });

  test('keeps the token out of the address and resumes from what it has', async () => {
    await connected();
    expect(socket().url).toBe('wss://live.example/v1/live/call-1');
    expect(socket().protocols).toEqual(['ros.v1', 'token.a.b.c']);
    expect(socket().sent[0]).toEqual({ type: 'resume', after: 3 });
  });

  test('shows one card with its words, and takes it back without a word', async () => {
    const element = await connected();
    await socket().say({ type: 'card', seq: 4, card });
    expect(inCard(element, '.say').textContent).toBe('What do you compare it with?');
    expect(inCard(element, '.quote').textContent).toBe('“twice what we pay”');
    await socket().say({ type: 'retract', seq: 5, cardId: 'card-1' });
    expect(inCard(element, '.card')).toBeNull();
    expect(find(element, '.listening')).not.toBeNull();
  });

  test.each([
    [{ role: 'rep', speaker: 'Speaker 2', isGuess: true }, 'c.ROS_Heard_By'],
    [{ role: 'customer', speaker: 'Speaker 1' }, 'c.ROS_Heard_By'],
    [{ role: 'customer' }, 'Sure.'],
  ])('says whose words %o are only where one microphone hears everybody', async (of, line) => {
    const element = await connected();
    await socket().say({ type: 'line', seq: 4, line: { turn: 0, text: 'Sure.', final: true, ...of } });
    expect(find(element, '.heard').textContent).toBe(line);
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('leaves out a frame that came before', async () => {
    const element = await connected();
    await socket().say({ type: 'card', seq: 3, card });
    expect(inCard(element, '.card')).toBeNull();
  });

  test.each([
    ['.used', 'used'],
    ['.dismiss', 'dismissed'],
    ['.snooze', 'snoozed'],
  ])('%s puts the card away and says so', async (selector, action) => {
    const element = await connected();
    await socket().say({ type: 'card', seq: 4, card });
    inCard(element, selector).click();
    await settle();
    expect(inCard(element, '.card')).toBeNull();
    expect(socket().sent.at(-1)).toEqual({ type: 'feedback', cardId: 'card-1', action });
  });

  test.each([
    ['Enter', 'used'],
    ['Escape', 'dismissed'],
    ['s', 'snoozed'],
  ])('the key %s means %s', async (key, action) => {
    const element = await connected();
    await socket().say({ type: 'card', seq: 4, card });
    inCard(element, '.card').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    expect(socket().sent.at(-1)).toEqual({ type: 'feedback', cardId: 'card-1', action });
  });

  test('says why on the question mark', async () => {
    const element = await connected();
    await socket().say({ type: 'card', seq: 4, card });
    inCard(element, '.card').dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
    await settle();
    expect(inCard(element, '.why').getAttribute('aria-expanded')).toBe('true');
  });

  test.each([
    ['less', 'ROS_Done_Less'],
    ['muted', 'ROS_Done_Muted'],
    ['never', 'ROS_Done_Never'],
  ])('%s is behind the menu, says what it means, and is undone within eight seconds', async (value, words) => {
    const element = await connected();
    await socket().say({ type: 'card', seq: 4, card });
    const choose = () => inCard(element, '.more').dispatchEvent(new CustomEvent('select', { detail: { value } }));
    choose();
    await settle();
    expect(inCard(element, '.card')).toBeNull();
    expect(find(element, '.done').textContent).toContain(words);
    find(element, '.undo').click();
    await settle();
    expect(socket().sent.slice(-2)).toEqual([
      { type: 'feedback', cardId: 'card-1', action: value },
      { type: 'feedback', cardId: 'card-1', action: 'undone' },
    ]);
    expect(inCard(element, '.card')).not.toBeNull();
    choose();
    jest.advanceTimersByTime(8000);
    await settle();
    expect(find(element, '.done')).toBeNull();
  });

  test('a pin shows at once, and stays in sight when a newer card takes the place', async () => {
    const element = await connected();
    await socket().say({ type: 'card', seq: 4, card });
    inCard(element, '.card').dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }));
    await settle();
    expect(inCard(element, '.pinned')).not.toBeNull();
    await socket().say({ type: 'card', seq: 5, card: { ...card, id: 'card-2', say: 'Offer the pilot.' } });
    await socket().say({ type: 'past', seq: 6, past: [{ card: { ...card, pinned: true }, state: 'pinned', atMs: 41_000 }] });
    expect(inNotes(element, '.pinned p').textContent).toBe('What do you compare it with?');
    inNotes(element, '.unpin').click();
    await settle();
    expect(inNotes(element, '.pinned')).toBeNull();
    expect(socket().sent.slice(-2)).toEqual([
      { type: 'feedback', cardId: 'card-1', action: 'pinned' },
      { type: 'feedback', cardId: 'card-1', action: 'unpinned' },
    ]);
  });

  test('folds ticks, fields, history and quiet as the socket tells them, and ticks by hand', async () => {
    const point = { id: 'pain', name: 'What it costs them', stage: 'Discovery', done: false };
    view = { ...live, checklist: { points: [point], fills: [] } };
    const element = await connected();
    const evid = { quote: 'nine hours', role: 'customer', startMs: 61_000 };
    await socket().say({ type: 'fill', seq: 4, fill: { id: 'b', name: 'Budget', field: 'money', value: '40000 USD', evid } });
    await socket().say({ type: 'fill', seq: 5, fill: { id: 'b', name: 'Budget', field: 'money', value: '50000 USD', evid } });
    const notes = find(element, 'c-ros-live-notes');
    expect(notes.checklist.fills.map((one: { value: string }) => one.value)).toEqual(['50000 USD']);
    inNotes(element, '.points lightning-input').dispatchEvent(new CustomEvent('change', { detail: { checked: true } }));
    await settle();
    expect(socket().sent.at(-1)).toEqual({ type: 'step', id: 'pain', done: true });
    expect(notes.checklist.points).toEqual([{ ...point, done: true, byHand: true }]);
    await socket().say({ type: 'step', seq: 6, step: { ...point, done: true, evid } });
    expect(notes.checklist.points).toEqual([{ ...point, done: true, evid }]);
    inNotes(element, '.quiet').dispatchEvent(new CustomEvent('change', { detail: { checked: true } }));
    await settle();
    expect(socket().sent.at(-1)).toEqual({ type: 'quiet', quiet: 'critical' });
    expect(inNotes(element, '.quiet-line').textContent).toBe('c.ROS_Quiet_Critical');
    await socket().say({ type: 'quiet', seq: 7, quiet: 'off' });
    expect(inNotes(element, '.quiet-line')).toBeNull();
  });

  test('a card that a poll brought says with the next one how long ago it was painted', async () => {
    view = { ...live, card };
    await open();
    jest.advanceTimersByTime(4000);
    await settle();
    jest.advanceTimersByTime(4000);
    await settle();
    const polls = asked().filter((one) => one.includes('/live?'));
    expect(polls.map((one) => one.split('&').slice(1))).toEqual([
      [],
      ['painted=card-1', expect.stringMatching(/^paintedAgoMs=39\d\d$/)],
      [],
    ]);
  });

  test('polls when no socket opens, never faster than four seconds, and says so', async () => {
    const element = await open();
    socket().close();
    view = { ...live, seq: 9, card, pollMs: 100 };
    const before = asked().filter((one) => one.includes('/live?')).length;
    await settle();
    jest.advanceTimersByTime(3999);
    await settle();
    expect(asked().filter((one) => one.includes('/live?')).length).toBe(before);
    jest.advanceTimersByTime(1);
    await settle();
    expect(asked().filter((one) => one.includes('/live?')).length).toBe(before + 1);
    expect(inCard(element, '.say')).not.toBeNull();
    expect(find(element, '.link')).not.toBeNull();
  });

  test('takes a new ticket for every try', async () => {
    await connected();
    socket().close();
    jest.advanceTimersByTime(2000);
    await settle();
    expect(FakeSocket.all.length).toBe(2);
    expect(asked().filter((one) => one.endsWith('/ticket')).length).toBe(2);
    socket().open();
    expect(socket().sent).toEqual([{ type: 'resume', after: 3 }]);
  });

  test('gives feedback through Apex while no socket is open', async () => {
    view = { ...live, card };
    const element = await open();
    inCard(element, '.used').click();
    await settle();
    expect(asked()).toContain('POST /v1/calls/call-1/feedback');
  });

  test('makes the call private, and destroys it, with one press each', async () => {
    const element = await connected();
    find(element, '.private').click();
    await settle();
    expect(text(element)).toContain('ROS_Private_Done');
    find(element, '.destroy').click();
    await settle();
    expect(asked().slice(-2)).toEqual(['POST /v1/calls/call-1/private', 'POST /v1/calls/call-1/destroy']);
    expect(text(element)).toContain('ROS_Call_Ended');
  });

  test('a no is taken back in so many words', async () => {
    view = { ...live, consent: 'refused' };
    const element = await open();
    find(element, '.back').click();
    await settle();
    const sent = apex.mock.calls.find(([request]) => request.path.endsWith('/consent'));
    expect(JSON.parse(sent[0].body)).toEqual({ requestId: expect.any(String), consent: 'granted', takesBack: true });
  });

  test('who joins late is asked: until they agree nothing is heard, and it says so', async () => {
    const element = await open();
    find(element, '.joined').click();
    await settle();
    const sent = apex.mock.calls.find(([request]) => request.path.endsWith('/consent'));
    expect(JSON.parse(sent[0].body)).toEqual({ requestId: expect.any(String), consent: 'joined' });
    expect(find(element, '.ask').textContent).toContain('ROS_Joined_Ask');
    expect(find(element, '.joined')).toBeNull();
    expect(find(element, '.listening')).toBeNull();
    find(element, '.granted').click();
    await settle();
    expect(find(element, '.joined')).not.toBeNull();
  });

  test('asks for consent until somebody answered', async () => {
    view = { ...live, consent: 'announced' };
    const element = await open();
    find(element, '.granted').click();
    await settle();
    const sent = apex.mock.calls.find(([request]) => request.path.endsWith('/consent'));
    expect(JSON.parse(sent[0].body)).toEqual({ requestId: expect.any(String), consent: 'granted' });
    expect(find(element, '.granted.consent, .consent.granted')).not.toBeNull();
    expect(find(element, '.ask')).toBeNull();
  });

  test('shows what the call costs, and why nobody guides it once the month is used up', async () => {
    const unguided = 'This month’s live guidance is used up.';
    view = { ...live, spend: { speechSeconds: 126, usd: 0.01365 }, unguided };
    const element = await open();
    expect(find(element, '.spent')).not.toBeNull();
    expect(find(element, '.unguided').textContent).toBe(unguided);
  });

  test('over the socket it says what the call costs by now, and nothing before it costs', async () => {
    view = { ...live, spend: { speechSeconds: 0, usd: 0 } };
    const element = await connected();
    expect(find(element, '.spent')).toBeNull();
    const stat = { type: 'stat', talkShareRep: 0.25, monologueMs: 0, wordsPerMinute: null };
    await socket().say({ ...stat, spend: { speechSeconds: 66, usd: 0.0072 }, unguided: 'Used up.' });
    expect(find(element, '.spent')).not.toBeNull();
    expect(find(element, '.talk .mine').style.inlineSize).toBe('25%');
    expect(find(element, '.unguided').textContent).toBe('Used up.');
  });

  test('fires ended once, and stops asking', async () => {
    const element = await connected();
    const ended = jest.fn();
    element.addEventListener('ended', ended);
    await socket().say({ type: 'ended', seq: 8 });
    await socket().say({ type: 'ended', seq: 9 });
    const before = asked().length;
    jest.advanceTimersByTime(60_000);
    await settle();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(asked().length).toBe(before);
  });

  test.each(['not-connected', 'no-permission', 'plan-limit'])('says what to do when it is %s', async (code) => {
    ticket = no(code);
    const element = await open();
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
  });

  test.each([
    ['listening', live],
    ['a card', { ...live, card }],
    ['consent not asked', { ...live, consent: 'unknown' }],
    ['consent refused', { ...live, consent: 'refused' }],
    ['ended', { state: 'ended', seq: 9, callId: 'call-1' }],
  ])('is accessible: %s', async (_name, shown) => {
    jest.useRealTimers();
    view = shown;
    const element = await open();
    expect(text(element)).not.toBe('');
    await expect(element).toBeAccessible();
  });
});
