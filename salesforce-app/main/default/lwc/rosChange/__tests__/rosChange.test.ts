import call from '@salesforce/apex/RosEdge.call';
import RosChange from 'c/rosChange';
import Modal from 'lightning/modal';
import { mail, move, no, task, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('lightning/modal', () => jest.requireActual('../../../../../test/modal'), { virtual: true });
const apex = call as unknown as jest.Mock;
const modal = Modal as unknown as { opened: Record<string, unknown>[]; answer: unknown };
const bodies = () => apex.mock.calls.map(([request]) => ({ path: request.path, ...JSON.parse(request.body) }));

const open = async (change: unknown, props = {}) => {
  const element = show('c-ros-change', RosChange, { change, ...props });
  const decided = jest.fn();
  const stale = jest.fn();
  element.addEventListener('decided', (event: CustomEvent) => decided(event.detail));
  element.addEventListener('stale', stale);
  await settle();
  return { element, decided, stale };
};
const press = async (element: HTMLElement, selector: string) => {
  find(element, selector).click();
  await settle();
};

describe('c-ros-change', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
    modal.opened.length = 0;
    modal.answer = undefined;
  });

  test('shows was and will be, and approves the version it showed', async () => {
    const { element, decided } = await open(move);
    expect(find(element, 'del').textContent).toBe('Needs Analysis');
    expect(find(element, 'ins').textContent).toBe('Proposal/Price Quote');
    const due = { ...move, state: 'due', version: 2 };
    apex.mockResolvedValueOnce(yes(due));
    await press(element, '.approve');
    expect(bodies()).toEqual([{ path: '/v1/changes/change-1/approve', requestId: expect.any(String), version: 1 }]);
    expect(decided).toHaveBeenCalledWith(due);
    expect(find(element, '.approve')).toBeNull();
    expect(find(element, '.said').textContent).not.toBe('');
    await expect(element).toBeAccessible();
  });

  test('counts a press tried again as one press', async () => {
    const { element } = await open(task);
    apex.mockResolvedValueOnce(no('trouble'));
    await press(element, '.decline');
    apex.mockResolvedValueOnce(yes({ ...task, state: 'declined' }));
    find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    const [first, second] = bodies();
    expect(first.path).toBe('/v1/changes/change-3/decline');
    expect(second).toEqual(first);
  });

  test('asks for the newest when somebody else was faster', async () => {
    const { element, stale } = await open(move);
    apex.mockResolvedValueOnce(no('stale'));
    await press(element, '.approve');
    expect(find(element, 'c-ros-error-panel').code).toBe('stale');
    find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
    expect(stale).toHaveBeenCalledTimes(1);
  });

  test('opens a mail in its own window and copies what was approved', async () => {
    const writeText = jest.fn().mockResolvedValue(undefined);
    Object.assign(navigator, { clipboard: { writeText } });
    modal.answer = { ...mail, state: 'approved', body: { ...mail.body, subject: 'Edited' } };
    const { element, decided } = await open(mail);
    await press(element, '.approve');
    expect(modal.opened).toEqual([expect.objectContaining({ change: mail })]);
    expect(writeText).toHaveBeenCalledWith('Edited\n\nHi Maya');
    expect(decided).toHaveBeenCalledTimes(1);
    expect(find(element, '.copy')).not.toBeNull();
    expect(find(element, '.mail').textContent).toBe('Hi Maya');
  });

  test('leaves a mail alone when its window is closed', async () => {
    const { element, decided } = await open(mail);
    await press(element, '.approve');
    expect(decided).not.toHaveBeenCalled();
  });

  test('says why it was not written', async () => {
    const { element } = await open({ ...move, state: 'parked', trouble: 'The stage is not in this process.' });
    expect(find(element, '.trouble')).not.toBeNull();
    expect(find(element, '.approve')).toBeNull();
    await expect(element).toBeAccessible();
  });

  test('only shows what policy forbids', async () => {
    const { element } = await open({ ...move, policy: 'never' });
    expect(find(element, '.approve')).toBeNull();
  });

  test('leaves out reason and proof when compact', async () => {
    const { element } = await open(move, { compact: true });
    expect(text(element)).not.toContain('Maya asked for a proposal.');
    expect(find(element, 'c-ros-quote')).toBeNull();
  });

  test.each(['add-note', 'log-call'])('shows %s', async (kind) => {
    const body =
      kind === 'add-note'
        ? { kind, body: 'A note', at: '2026-11-20T15:00:00Z' }
        : { kind, title: 'Call with Maya', body: '', direction: 'outbound', startedAt: '2026-11-20T15:00:00Z', durationMs: 1 };
    const { element } = await open({ ...move, state: 'written', policy: 'auto', body });
    expect(find(element, 'ins').textContent).toBe(kind === 'add-note' ? 'A note' : 'Call with Maya');
  });
});
