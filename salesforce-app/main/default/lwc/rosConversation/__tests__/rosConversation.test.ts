import call from '@salesforce/apex/RosEdge.call';
import RosConversation from 'c/rosConversation';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { conversation, no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('lightning/modal', () => jest.requireActual('../../../../../test/modal'), { virtual: true });
const apex = call as unknown as jest.Mock;
const notify = notifyRecordUpdateAvailable as unknown as jest.Mock;
const open = async (answer: string) => {
  apex.mockResolvedValue(answer);
  const element = show('c-ros-conversation', RosConversation, { objectApiName: 'Contact', recordId: '0035f000000MAYAAAA' });
  await settle();
  return element;
};
const withStatus = (status: string, more = {}) => yes({ ...conversation, insight: null, call: { ...conversation.call, status, ...more } });

describe('c-ros-conversation', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
    jest.useRealTimers();
  });

  test('shows what was said, what changes, who promised what, who spoke when, and whom we know', async () => {
    const element = await open(yes(conversation));
    expect(apex).toHaveBeenCalledWith({ verb: 'GET', path: '/v1/record/contact/0035f000000MAYAAAA/conversation', body: null });
    expect(find(element, '.headline').textContent).toBe('Maya wants a proposal; the price is the hurdle');
    expect([...element.shadowRoot.querySelectorAll('c-ros-change')].map((one) => one.change.id)).toEqual([
      'change-1',
      'change-2',
      'change-3',
    ]);
    expect(find(element, '.tasks').textContent).toContain('Send the rollout plan');
    expect(find(element, '.people').textContent).toContain('You spoke once, today');
    expect(find(element, 'c-ros-talk-strip').durationMs).toBe(84_000);
    await expect(element).toBeAccessible();
  });

  test('a moment that was flagged stands with its time and what was said then', async () => {
    const evidence = conversation.facts[0]?.evidence;
    const element = await open(yes({ ...conversation, flagged: [{ id: 'm1', atMs: 41_000, evidence }] }));
    expect(find(element, '.flagged').textContent).toContain('ROS_Flagged_At');
    expect(find(element, '.flagged c-ros-quote').evidence).toEqual(evidence);
    await expect(element).toBeAccessible();
  });

  test('approves everything that waits, except mails', async () => {
    const element = await open(yes(conversation));
    apex.mockClear();
    find(element, '.approve-all').click();
    await settle();
    await settle();
    expect(apex.mock.calls.map(([request]) => request.path).filter((path) => path.includes('/changes/'))).toEqual([
      '/v1/changes/change-1/approve',
      '/v1/changes/change-3/approve',
    ]);
  });

  test.each([
    ['nothing heard yet', yes(null)],
    ['a call that runs', withStatus('live')],
    ['a call being read', withStatus('ended')],
    ['a call that failed', withStatus('failed', { trouble: 'The recording was empty.' })],
  ])('has a calm page for %s', async (_name, answer) => {
    const element = await open(answer);
    expect(find(element, '.instead')).not.toBeNull();
    expect(text(element)).not.toBe('');
    await expect(element).toBeAccessible();
  });

  test.each(['not-connected', 'no-permission', 'plan-limit', 'stale', 'trouble'])('says what to do when it is %s', async (code) => {
    const element = await open(no(code));
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
    await expect(element).toBeAccessible();
  });

  test('looks again every four seconds while something is being written', async () => {
    jest.useFakeTimers();
    await open(yes({ ...conversation, changes: [{ ...conversation.changes[0], state: 'due' }] }));
    const before = apex.mock.calls.length;
    jest.advanceTimersByTime(4000);
    expect(apex.mock.calls.length).toBe(before + 1);
  });

  test('an undo stands with what it takes back, and the record is read anew once it is there', async () => {
    jest.useFakeTimers();
    const [move] = conversation.changes;
    const undo = { ...move, id: 'undo-1', undoes: 'change-1', state: 'due' };
    const element = await open(yes({ ...conversation, changes: [{ ...move, state: 'written' }, undo] }));
    const rows = () =>
      [...element.shadowRoot.querySelectorAll('c-ros-change')].map(({ change, undo }) => [change.id, change.state, undo?.id]);
    expect(rows()).toEqual([['change-1', 'written', 'undo-1']]);
    expect(notify).not.toHaveBeenCalled();
    apex.mockResolvedValue(
      yes({
        ...conversation,
        changes: [
          { ...move, state: 'undone' },
          { ...undo, state: 'written' },
        ],
      }),
    );
    jest.advanceTimersByTime(4000);
    await settle();
    expect(rows()).toEqual([['change-1', 'undone', 'undo-1']]);
    expect(notify).toHaveBeenCalledWith([{ recordId: '0035f000000MAYAAAA' }]);
  });

  test('a destroyed call leaves a page that says so, with what still stands, until somebody goes on', async () => {
    const element = await open(yes(conversation));
    const [move] = conversation.changes;
    const detail = { callId: 'call-1', standing: [{ change: { ...move, state: 'written' } }] };
    find(element, 'c-ros-ownership').dispatchEvent(new CustomEvent('destroyed', { detail }));
    await settle();
    expect(find(element, '.instead').textContent).toContain('ROS_Destroyed_Line');
    expect(find(element, 'c-ros-change').change.id).toBe('change-1');
    await expect(element).toBeAccessible();
    find(element, '.go-on').click();
    await settle();
    expect(find(element, '.instead')).toBeNull();
  });

  test('a call that was destroyed before is an empty page', async () => {
    const element = await open(withStatus('failed', { missed: 'destroyed' }));
    expect(find(element, '.instead').textContent).toContain('ROS_Destroyed');
    await expect(element).toBeAccessible();
  });

  test('waits with a spinner until the first answer', async () => {
    apex.mockReturnValue(new Promise(() => undefined));
    const element = show('c-ros-conversation', RosConversation, { objectApiName: 'Lead', recordId: '00Q5f000000LEADAAA' });
    await settle();
    expect(find(element, 'lightning-spinner')).not.toBeNull();
  });
});
