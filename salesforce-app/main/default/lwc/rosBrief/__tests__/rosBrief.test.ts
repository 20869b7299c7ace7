import call from '@salesforce/apex/RosEdge.call';
import RosBrief from 'c/rosBrief';
import { brief, no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });

const apex = call as unknown as jest.Mock;
const path = '/v1/record/deal/0065f000000DEALAAA/brief';
const meetingAt = '2026-11-23T14:15:00.000Z';
const open = async (props = {}) => {
  const element = show('c-ros-brief', RosBrief, { objectApiName: 'Opportunity', recordId: '0065f000000DEALAAA', ...props });
  await settle();
  return element;
};
const press = async (element: Awaited<ReturnType<typeof open>>, name: string) => {
  find(element, name).dispatchEvent(new CustomEvent('click'));
  await settle();
};

describe('c-ros-brief', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  test('asks for nothing until somebody wants it, and then once', async () => {
    apex.mockResolvedValue(yes(brief));
    const element = await open();
    expect(apex).not.toHaveBeenCalled();
    await press(element, '.open');
    expect(apex.mock.calls).toEqual([[{ verb: 'GET', path, body: null }]]);
    expect(text(element)).toContain('You promised: Send the plan');
    expect(text(element)).toContain('Overdue');
    expect(text(element)).toContain('c.ROS_Brief_Field · c.ROS_Brief_Call');
    await expect(element).toBeAccessible();
    await press(element, '.close');
    expect(find(element, '.brief')).toBeNull();
  });

  test('opens by itself before a meeting, and stays closed once it was closed', async () => {
    apex.mockResolvedValue(yes({ ...brief, meetingAt }));
    const element = await open({ meetingAt });
    expect(find(element, 'h3').textContent).toBe('c.ROS_Brief_Meeting');
    await press(element, '.close');
    element.meetingAt = meetingAt;
    await settle();
    expect(find(element, '.brief')).toBeNull();
    expect(apex).toHaveBeenCalledTimes(1);
  });

  test('in full it has the words themselves, and says what is missing', async () => {
    apex.mockResolvedValue(yes({ ...brief, gap: 'Salesforce did not answer in time.' }));
    const element = await open({ full: true });
    await press(element, '.open');
    expect(text(element)).toContain('You promised: Send the planc.ROS_Brief_Quote');
    expect(find(element, '.gap').textContent).toBe('Salesforce did not answer in time.');
  });

  test.each(['no-permission', 'trouble', 'not-connected'])('says what to do when it is %s', async (code) => {
    apex.mockResolvedValue(no(code));
    const element = await open();
    await press(element, '.open');
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
    await expect(element).toBeAccessible();
  });

  test('waits with a spinner, and drops an answer for the record before', async () => {
    let late: (answer: string) => void = () => undefined;
    apex.mockReturnValueOnce(new Promise((done) => (late = done)));
    const element = await open();
    await press(element, '.open');
    expect(find(element, 'lightning-spinner')).not.toBeNull();
    element.recordId = '0065f000000OTHRAAA';
    await settle();
    late(yes(brief));
    await settle();
    expect(find(element, '.brief')).toBeNull();
  });
});
