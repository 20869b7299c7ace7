import call from '@salesforce/apex/RosEdge.call';
import RosBudget from 'c/rosBudget';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const open = async () => {
  const element = show('c-ros-budget', RosBudget);
  await settle();
  return element;
};
const type = async (element: HTMLElement, selector: string, value: string) => {
  find(element, selector).dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settle();
};

describe('c-ros-budget', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('is two numbers, and nothing is the plan’s', async () => {
    apex.mockImplementation(async ({ body }) => yes(body ? JSON.parse(body) : { speechMinutes: 1000, modelUsd: null }));
    const element = await open();
    expect([find(element, '.minutes').value, find(element, '.usd').value]).toEqual(['1000', '']);
    await expect(element).toBeAccessible();
    const saved = jest.fn();
    element.addEventListener('saved', saved);
    await type(element, '.minutes', '');
    await type(element, '.usd', '$20.50');
    find(element, '.send').click();
    await settle();
    expect(JSON.parse(apex.mock.calls[1][0].body)).toEqual({ requestId: expect.any(String), speechMinutes: null, modelUsd: 20.5 });
    expect(text(element)).toContain('ROS_Budget_Saved');
    expect(saved).toHaveBeenCalledTimes(1);
  });

  test('what is no number is not sent', async () => {
    apex.mockResolvedValue(yes({ speechMinutes: null, modelUsd: null }));
    const element = await open();
    await type(element, '.minutes', 'a lot');
    expect(find(element, '.send').disabled).toBe(true);
    expect(text(element)).toContain('ROS_Budget_Bad');
  });

  test('what could not be saved stays to be sent again', async () => {
    apex.mockImplementation(async ({ verb }) => (verb === 'GET' ? yes({ speechMinutes: null, modelUsd: null }) : no('trouble')));
    const element = await open();
    await type(element, '.minutes', '500');
    find(element, '.send').click();
    await settle();
    find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(find(element, '.minutes').value).toBe('500');
  });

  test('says why it cannot be shown', async () => {
    apex.mockResolvedValue(no('no-permission'));
    expect(find(await open(), 'c-ros-error-panel').code).toBe('no-permission');
  });
});
