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

  test('says why it was not written, and tries again or lets it go', async () => {
    const parked = { ...move, state: 'parked', trouble: 'The stage is not in this process.' };
    const { element, decided } = await open(parked);
    expect(find(element, '.trouble')).not.toBeNull();
    expect([find(element, '.approve').label, find(element, '.decline').label]).toEqual(['c.ROS_Retry_Change', 'c.ROS_Discard']);
    await expect(element).toBeAccessible();
    apex.mockResolvedValueOnce(yes({ ...parked, state: 'declined' }));
    await press(element, '.decline');
    expect(bodies()).toEqual([{ path: '/v1/changes/change-1/decline', requestId: expect.any(String), version: 1 }]);
    expect(decided).toHaveBeenCalledTimes(1);
    expect(find(element, '.said').textContent).not.toBe('');
  });

  describe('what Salesforce asks for', () => {
    const asks = [
      { field: 'Why__c', label: 'Why they buy', type: 'text' },
      { field: 'Plan__c', label: 'Plan', type: 'choice', options: [{ value: 'p_2', label: 'Team' }] },
    ];
    const parked = { ...move, state: 'parked', parkedWhy: 'lacks', trouble: 'Two fields are missing.', asks };
    const form = (element: HTMLElement) => find(element, 'c-ros-asks');
    const give = (element: HTMLElement, kind: string, value: string) =>
      find(form(element), kind).dispatchEvent(new CustomEvent('change', { detail: { value } }));

    test('is given with the retry', async () => {
      const { element } = await open(parked);
      give(element, 'lightning-input', 'Rollout');
      give(element, 'lightning-combobox', 'p_2');
      apex.mockResolvedValueOnce(yes({ ...parked, state: 'due' }));
      await press(element, '.approve');
      expect(bodies()).toEqual([
        { path: '/v1/changes/change-1/approve', requestId: expect.any(String), version: 1, values: { Why__c: 'Rollout', Plan__c: 'p_2' } },
      ]);
      expect(form(element)).toBeNull();
    });

    test('is another press once it was corrected', async () => {
      const { element } = await open(parked);
      give(element, 'lightning-input', 'Rollout');
      apex.mockResolvedValue(no('trouble'));
      await press(element, '.approve');
      give(element, 'lightning-input', 'Rollout in March');
      await press(element, '.approve');
      const [first, second] = bodies();
      expect(second.requestId).not.toBe(first.requestId);
      expect(second.values).toEqual({ Why__c: 'Rollout in March' });
    });

    test('is not sent while a field says that it is missing', async () => {
      const { element } = await open(parked);
      find(form(element), 'lightning-combobox').reportValidity = () => false;
      await press(element, '.approve');
      expect(apex).not.toHaveBeenCalled();
    });
  });

  describe('what was written', () => {
    const written = { ...task, state: 'written', writtenAt: new Date().toISOString() };
    const undoing = {
      ...task,
      id: 'undo-1',
      undoes: 'change-3',
      body: { kind: 'remove-activity', activity: 'task', crmId: '1', title: '' },
    };

    test.each([
      ['without asking', 'c.ROS_Written_Auto', {}],
      ['with my yes', 'c.ROS_Written_You', { decidedBy: '005000000000000000' }],
      ["with a colleague's yes", 'c.ROS_Written_Colleague', { decidedBy: '005000000000000001' }],
      ["with a named colleague's yes", 'c.ROS_Written_By', { decidedBy: '005000000000000001', decidedName: 'Dana Osei' }],
    ])('%s says so, with its words', async (_name, label, more) => {
      const { element } = await open({ ...written, ...more });
      expect(find(element, '.written').textContent).toBe(label);
      expect(find(element, '.change').getAttribute('aria-label')).toBe('c.ROS_Kind_Add_Task: Send the rollout plan');
      expect(find(element, 'c-ros-quote').evidence.quote).toBe('it is twice what we pay today');
      await expect(element).toBeAccessible();
    });

    test('is undone with one press, and the outcome is said', async () => {
      const { element, decided } = await open(written);
      apex.mockResolvedValueOnce(yes({ change: written, undo: { ...undoing, state: 'due' } }));
      await press(element, '.undo');
      expect(bodies()).toEqual([{ path: '/v1/changes/change-3/undo', requestId: expect.any(String) }]);
      expect(decided).toHaveBeenCalledWith(written);
      expect(find(element, '.undo')).toBeNull();
      expect(find(element, '.said').textContent).toBe('c.ROS_State_Undoing');
      element.change = { ...written, state: 'undone' };
      element.undo = { ...undoing, state: 'written' };
      await settle();
      expect(find(element, '.said').textContent).toBe('c.ROS_State_Undone');
      expect(find(element, '.undo')).toBeNull();
      await expect(element).toBeAccessible();
    });

    test('says who has changed it since, and asks for the newest', async () => {
      const { element, stale } = await open(written);
      apex.mockResolvedValueOnce(
        JSON.stringify({ ok: false, code: 'stale', what: 'Dana Whitfield changed the amount. It stays as it is.', todo: '' }),
      );
      await press(element, '.undo');
      expect(find(element, 'c-ros-error-panel').what).toBe('Dana Whitfield changed the amount. It stays as it is.');
      find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
      expect(stale).toHaveBeenCalledTimes(1);
    });

    test('says why an undo came too late, and may be pressed again', async () => {
      const { element } = await open(written, { undo: { ...undoing, state: 'superseded', trouble: 'Lena changed the task.' } });
      expect(find(element, '.not-undone')).not.toBeNull();
      expect(find(element, '.undo')).not.toBeNull();
    });

    test.each([
      ['after 30 days', { ...written, writtenAt: new Date(Date.now() - 30 * 24 * 60 * 60_000 - 1000).toISOString() }, {}],
      ['when it is undone', { ...written, state: 'undone' }, {}],
      ['when it is on its way back', written, { undo: { ...undoing, state: 'writing' } }],
      ['beside the one next thing', written, { compact: true }],
    ])('has no undo %s', async (_name, change, props) => {
      const { element } = await open(change, props);
      expect(find(element, '.undo')).toBeNull();
    });
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
