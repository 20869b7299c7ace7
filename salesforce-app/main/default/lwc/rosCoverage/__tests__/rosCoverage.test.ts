import call from '@salesforce/apex/RosEdge.call';
import RosCoverage from 'c/rosCoverage';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const view = {
  from: '2026-10-22T00:00:00Z',
  to: '2026-11-21T00:00:00Z',
  known: 43,
  caught: 41,
  share: 41 / 43,
  open: 0,
  byReason: [{ why: 'refused', count: 2 }],
  misses: [],
  knownFrom: ['doors'],
};
const open = async (answer: string) => {
  apex.mockResolvedValue(answer);
  const element = show('c-ros-coverage', RosCoverage);
  await settle();
  return element;
};

describe('c-ros-coverage', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('says how many calls were heard, and why the others were not', async () => {
    const element = await open(yes(view));
    expect(apex.mock.calls[0][0].path).toBe('/v1/capture/coverage');
    expect(find(element, '.count').textContent).toBe('c.ROS_Heard_Line');
    expect(text(element)).toContain('c.ROS_Missed');
    await expect(element).toBeAccessible();
  });

  test('before the first call it teaches what it counts', async () => {
    const element = await open(yes({ ...view, known: 0, caught: 0, share: null, byReason: [] }));
    expect(find(element, '.count').textContent).toBe('c.ROS_Heard_None');
    expect(text(element)).not.toContain('c.ROS_Missed');
  });

  test('says why it cannot be shown', async () => {
    expect(find(await open(no('plan-limit')), 'c-ros-error-panel').code).toBe('plan-limit');
  });
});
