import call from '@salesforce/apex/RosEdge.call';
import RosNextAction from 'c/rosNextAction';
import { call as heard, next, no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('lightning/modal', () => jest.requireActual('../../../../../test/modal'), { virtual: true });

const says = (answer: string) => (call as unknown as jest.Mock).mockResolvedValue(answer);
const open = async (props = {}) => {
  const element = show('c-ros-next-action', RosNextAction, { objectApiName: 'Opportunity', recordId: '0065f000000DEALAAA', ...props });
  await settle();
  return element;
};

describe('c-ros-next-action', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    clear();
    jest.clearAllMocks();
    jest.useRealTimers();
  });

  test('shows one thing, why, and its proof', async () => {
    says(yes(next));
    const element = await open();
    expect(call).toHaveBeenCalledWith({ verb: 'GET', path: '/v1/record/deal/0065f000000DEALAAA/next', body: null });
    expect(find(element, '.title').textContent).toBe('Send Maya the rollout plan');
    expect(find(element, 'c-ros-quote').evidence.quote).toBe('it is twice what we pay today');
    expect(find(element, 'c-ros-change').change.id).toBe('change-1');
  });

  test('waits with a spinner until the first answer', async () => {
    (call as unknown as jest.Mock).mockReturnValue(new Promise(() => undefined));
    const element = await open();
    expect(find(element, 'lightning-spinner')).not.toBeNull();
  });

  test('turns into the live card while a call runs, and back when it ends', async () => {
    says(yes({ state: 'live', callId: 'call-1' }));
    const element = await open();
    const live = find(element, 'c-ros-live-call');
    expect(live.callId).toBe('call-1');
    says(yes({ state: 'clear', line: 'The next call shows up here.' }));
    live.dispatchEvent(new CustomEvent('ended'));
    await settle();
    expect(find(element, 'c-ros-live-call')).toBeNull();
    expect(find(element, '.clear .detail').textContent).toBe('The next call shows up here.');
  });

  test('looks again soon when the card heard the end before the service did', async () => {
    says(yes({ state: 'live', callId: 'call-1' }));
    const element = await open();
    find(element, 'c-ros-live-call').dispatchEvent(new CustomEvent('ended'));
    await settle();
    says(yes({ state: 'clear', line: 'The next call shows up here.' }));
    jest.advanceTimersByTime(4000);
    await settle();
    expect(find(element, '.clear .detail').textContent).toBe('The next call shows up here.');
  });

  test('looks again after the time the service asked for, and never sooner than four seconds', async () => {
    says(yes({ state: 'working', call: { ...heard, status: 'ended' }, pollMs: 1000 }));
    const element = await open();
    expect(find(element, '.working')).not.toBeNull();
    const before = (call as unknown as jest.Mock).mock.calls.length;
    says(yes(next));
    jest.advanceTimersByTime(3999);
    expect((call as unknown as jest.Mock).mock.calls.length).toBe(before);
    jest.advanceTimersByTime(1);
    await settle();
    expect(find(element, '.next')).not.toBeNull();
  });

  test.each(['not-connected', 'no-permission', 'plan-limit', 'stale', 'trouble'])('says what to do when it is %s', async (code) => {
    says(no(code));
    const element = await open();
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
    expect(find(element, 'c-ros-error-panel').todo).toBe('What to do.');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('the brief of a meeting within the hour stands before the one thing to do, otherwise after it', async () => {
    const order = (element: Awaited<ReturnType<typeof open>>) =>
      find(element, 'c-ros-brief').compareDocumentPosition(find(element, '.next')) & Node.DOCUMENT_POSITION_FOLLOWING ? 'before' : 'after';
    says(yes(next));
    const element = await open();
    expect(order(element)).toBe('after');
    expect(find(element, 'c-ros-brief').meetingAt).toBeUndefined();
    says(yes({ ...next, meetingAt: '2026-11-23T14:15:00.000Z' }));
    jest.advanceTimersByTime(8000);
    await settle();
    expect(order(element)).toBe('before');
    expect(find(element, 'c-ros-brief').meetingAt).toBe('2026-11-23T14:15:00.000Z');
  });

  test('keeps what it shows when a later look fails', async () => {
    says(yes(next));
    const element = await open();
    says(no('trouble'));
    jest.advanceTimersByTime(8000);
    await settle();
    expect(find(element, '.next')).not.toBeNull();
  });

  test('drops a late answer for the record before', async () => {
    let late: (answer: string) => void = () => undefined;
    (call as unknown as jest.Mock).mockReturnValueOnce(new Promise((done) => (late = done)));
    const element = await open();
    says(yes({ state: 'clear', line: 'Second record.' }));
    element.recordId = '0065f000000OTHRAAA';
    await settle();
    late(yes(next));
    await settle();
    expect(find(element, '.clear .detail').textContent).toBe('Second record.');
  });

  test('says where it belongs on an object it has no card for', async () => {
    const element = await open({ objectApiName: 'Case' });
    expect(find(element, 'c-ros-error-panel').code).toBe('bad-request');
  });

  test.each([
    ['next', next],
    ['clear', { state: 'clear', line: 'The next call shows up here.' }],
    ['working', { state: 'working', call: { ...heard, status: 'ended' }, pollMs: 4000 }],
  ])('is accessible: %s', async (_name, view) => {
    says(yes(view));
    jest.useRealTimers();
    const element = await open();
    expect(text(element)).not.toBe('');
    await expect(element).toBeAccessible();
  });
});
