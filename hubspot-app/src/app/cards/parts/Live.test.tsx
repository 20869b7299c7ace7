import { expect, test, vi } from 'vitest';
import { callId, fakeService, guidance, live, ok, openRecord } from '../fake-service.ts';
import { makeApi } from '../hooks/api.ts';
import { Button, Heading, LoadingSpinner, ProgressBar, StatusTag, Tag, Text, Tile } from '../host.ts';
import { Live } from './Live.tsx';

const livePath = `/v1/calls/${callId}/live`;

function open(replies: Record<string, unknown>) {
  const service = fakeService(replies);
  const ended: string[] = [];
  const page = openRecord('crm.record.sidebar');
  const api = makeApi('https://api.test', service.world);
  const onEnded = () => void ended.push('ended');
  page.render(<Live world={service.world} api={api} callId={callId} onEnded={onEnded} />);
  const says = (text: string) => page.waitFor(() => expect(page.getRootNode().toString()).toContain(text));
  const press = (text: string) => page.find(Button, (node) => node.text === text).trigger('onClick');
  const settled = () => vi.waitFor(() => expect(service.waits()).not.toEqual([]));
  return { ...service, page, says, press, ended, settled };
}

test('silence looks calm', async () => {
  const { page, says } = open({ [livePath]: ok(live()) });
  expect(page.find(LoadingSpinner).props.label).toBe('Joining the call');
  await says('Listening');
  expect(page.findAll(Text).map(({ text }) => text)).toEqual(['Listening', 'Customer: Sure, that is fine.']);
});

test.each([
  [{ role: 'rep', speaker: 'Speaker 2', isGuess: true }, 'Speaker 2 (probably you): Sure.'],
  [{ role: 'customer', speaker: 'Speaker 1', isGuess: true }, 'Speaker 1 (probably the customer): Sure.'],
  [{ role: 'other', speaker: 'Speaker 3', isGuess: true }, 'Speaker 3: Sure.'],
  [{ role: 'customer', speaker: 'Speaker 1' }, 'Customer: Sure.'],
] as const)('says whose words %o are, and calmly when it is a guess', async (of, words) => {
  const { says } = open({ [livePath]: ok(live({ lines: [{ turn: 0, text: 'Sure.', final: true, ...of }] })) });
  await says(words);
});

test('shows one card with its kind, its words and what to say', async () => {
  const { page, says, press } = open({ [livePath]: ok(live({ card: guidance })) });
  await says('Ask what they compare it with.');
  expect(page.find(Tag).text).toBe('Price');
  expect(page.findAll(Text).map(({ text }) => text)).toContain('“twice what we pay” Customer, 0:30');
  expect(page.findAll(Button).map(({ text }) => text)).toEqual([
    'Somebody joined',
    'They refused',
    'Why?',
    'Used',
    'Not now',
    'Dismiss',
    'Make private',
    'Stop and destroy',
  ]);
  press('Why?');
  await says('Price objection: rule “price pushback”, 91 % sure, because of the words above.');
});

test('shows the share of the talking as a picture and in words', async () => {
  const { page, says } = open({ [livePath]: ok(live()) });
  await says('Listening');
  expect(page.find(ProgressBar).props).toMatchObject({
    value: 61,
    valueDescription: 'You 61 %, customer 39 %',
    'aria-label': 'Your share of the talking',
  });
});

test('shows what the call costs while it runs, and why nobody guides it once the month is used up', async () => {
  const { later, replies, says, settled } = open({ [livePath]: ok(live({ spend: { speechSeconds: 126, usd: 0.01365 } })) });
  await says('Live speech so far: 2.1 min, $0.014');
  await settled();
  const unguided = 'This month’s live guidance is used up.';
  replies[livePath] = ok({ state: 'same', seq: 4, pollMs: 800, spend: { speechSeconds: 180 }, unguided });
  later();
  await says('Live speech so far: 3 min');
  await says(unguided);
});

test('asks from where it stands, as often as the server says, and time goes on in silence', async () => {
  const { page, asked, later, replies, says, waits, settled } = open({ [livePath]: ok(live()) });
  await says('Live · 1:02');
  await settled();
  expect(waits()).toEqual([800]);
  replies[livePath] = ok({ state: 'same', seq: 4, pollMs: 4_000 });
  later();
  await vi.waitFor(() => expect(waits()).toEqual([4_000]));
  later();
  await says('Live · 1:06');
  expect(asked.map(({ path }) => path.split('?')[1])).toEqual(['since=0', 'since=4', 'since=4']);
  expect(page.find(Heading).text).toBe('Live · 1:06 · Maya Lindqvist');
});

test.each(['Used', 'Dismiss', 'Not now'])('"%s" takes the card off at once and tells the session', async (word) => {
  const { page, says, press, asked } = open({ [livePath]: ok(live({ card: guidance })), [`/v1/calls/${callId}/feedback`]: ok({}) });
  await says('Ask what they compare');
  press(word);
  await says('Listening');
  expect(page.maybeFind(Tile)).toBeNull();
  const action = { Used: 'used', Dismiss: 'dismissed', 'Not now': 'snoozed' }[word];
  await vi.waitFor(() => expect(asked.at(-1)?.method).toBe('POST'));
  expect(asked.at(-1)?.body).toEqual({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), cardId: 'g1', action });
});

test('a retracted card fades without a word', async () => {
  const { page, says, later, replies, settled } = open({ [livePath]: ok(live({ card: guidance })) });
  await says('Ask what they compare');
  await settled();
  replies[livePath] = ok(live({ seq: 5 }));
  later();
  await says('Listening');
  expect(page.maybeFind(Tile)).toBeNull();
});

test.each([
  ['unknown', 'Not asked yet. Nothing is kept.', ['They agreed', 'They refused']],
  ['announced', 'Announced. Nothing is kept until they agree.', ['They agreed', 'They refused']],
  ['granted', 'They agreed to recording.', ['Somebody joined', 'They refused']],
  ['refused', 'They refused. Nothing is kept.', ['They changed their mind']],
  ['expired', 'That was long ago. Ask again; nothing is kept.', ['They agreed', 'They refused']],
] as const)('consent %s is on screen with what can be answered', async (consent, words, buttons) => {
  const { page, says } = open({ [livePath]: ok(live({ consent })) });
  await says(words);
  expect(page.find(StatusTag).text).toBe(words);
  expect(page.findAll(Button).map(({ text }) => text)).toEqual([...buttons, 'Make private', 'Stop and destroy']);
});

test('the answer to consent goes to the call, and the card looks again at once', async () => {
  const { says, press, asked } = open({
    [livePath]: ok(live({ consent: 'announced' })),
    [`/v1/calls/${callId}/consent`]: ok({ consent: 'granted' }),
  });
  await says('Announced');
  press('They agreed');
  await vi.waitFor(() => expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']));
  expect(asked[1]?.body).toMatchObject({ consent: 'granted' });
});

test('keeps the card through a lost connection', async () => {
  const { page, says, later, replies, settled } = open({ [livePath]: ok(live({ card: guidance })) });
  await says('Ask what they compare');
  await settled();
  replies[livePath] = () => Promise.reject(new Error('cut off'));
  later();
  await says('No connection for a moment.');
  expect(page.find(Tag).text).toBe('Price');
});

test('a late answer changes nothing', async () => {
  let release: (response: Response) => void = () => {};
  const { page, says, press, replies, later, settled } = open({
    [livePath]: ok(live({ consent: 'announced' })),
    [`/v1/calls/${callId}/consent`]: ok({}),
  });
  await says('Announced');
  await settled();
  replies[livePath] = () =>
    new Promise<Response>((done) => {
      release = done;
    });
  later();
  replies[livePath] = ok(live({ seq: 9 }));
  press('They agreed');
  await says('They agreed to recording.');
  release(new Response(JSON.stringify(ok(live({ seq: 5, consent: 'refused' })))));
  await settled();
  expect(page.find(StatusTag).text).toBe('They agreed to recording.');
});

test('tells once that the call has ended, and asks no more', async () => {
  const { ended, waits } = open({ [livePath]: ok({ state: 'ended', seq: 9, callId }) });
  await vi.waitFor(() => expect(ended).toEqual(['ended']));
  expect(waits()).toEqual([]);
});

test('makes the call private with one press, and says so', async () => {
  const { asked, says, press, replies } = open({ [livePath]: ok(live()) });
  await says('Listening');
  replies[`/v1/calls/${callId}/private`] = ok({ callId, isPrivate: true });
  press('Make private');
  await says('Private: only you see this call.');
  expect(asked.at(-1)).toMatchObject({ path: `/v1/calls/${callId}/private` });
});

test('stops and destroys the call with one press, and leaves', async () => {
  const { asked, says, press, replies, ended } = open({ [livePath]: ok(live()) });
  await says('Listening');
  replies[`/v1/calls/${callId}/destroy`] = ok({ callId, standing: [] });
  press('Stop and destroy');
  await vi.waitFor(() => expect(ended).toEqual(['ended']));
  expect(asked.some(({ path }) => path === `/v1/calls/${callId}/destroy`)).toBe(true);
});

test('a no is taken back in so many words', async () => {
  const { asked, says, press, replies } = open({ [livePath]: ok(live({ consent: 'refused' })) });
  await says('They refused. Nothing is kept.');
  replies[`/v1/calls/${callId}/consent`] = ok({ consent: 'granted' });
  press('They changed their mind');
  await vi.waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith('/consent'))?.body).toMatchObject({ consent: 'granted', takesBack: true }),
  );
});

test('who joins late is asked: until they agree the card says that nothing is heard', async () => {
  const { page, says, press, asked, replies } = open({ [livePath]: ok(live()), [`/v1/calls/${callId}/consent`]: ok({}) });
  await says('Somebody joined');
  replies[livePath] = ok(live({ seq: 5, consent: 'announced' }));
  press('Somebody joined');
  await says('Somebody joined: ask them too. Nothing is heard until they agree.');
  expect(asked.find(({ path }) => path.endsWith('/consent'))?.body).toEqual({
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    consent: 'joined',
  });
  await says('Not listening');
  replies[livePath] = ok(live({ seq: 6 }));
  press('They agreed');
  await says('They agreed to recording.');
  expect(page.find(StatusTag).text).toBe('They agreed to recording.');
});

test('a whisper is shown until it is read, and who looks by name as long as they do', async () => {
  const whisper = { id: 'whisper-1', from: 'Jordan Blake', text: 'Ask who signs.', atMs: 60_000 };
  const watchedBy = [{ name: 'Jordan Blake', sees: 'cards' as const }];
  const { page, says, press, asked, later, replies, settled } = open({
    [livePath]: ok(live({ help: { watchedBy, whisper } })),
    [`/v1/calls/${callId}/feedback`]: ok({}),
  });
  await says('Ask who signs.');
  await says('Your team lead Jordan Blake can see this call’s cards.');
  press('Got it');
  await page.waitFor(() => expect(page.getRootNode().toString()).not.toContain('Ask who signs.'));
  expect(asked.at(-1)?.body).toMatchObject({ cardId: 'whisper-1', action: 'dismissed' });
  await settled();
  replies[livePath] = ok({ state: 'same', seq: 4, pollMs: 800 });
  later();
  await page.waitFor(() => expect(page.getRootNode().toString()).not.toContain('Jordan Blake'));
});
