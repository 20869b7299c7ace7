import call from '@salesforce/apex/RosEdge.call';
import RosOwnWords from 'c/rosOwnWords';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const open = async () => {
  const element = show('c-ros-own-words', RosOwnWords);
  await settle();
  return element;
};

describe('c-ros-own-words', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('is one list of names, one a line', async () => {
    apex.mockImplementation(async ({ body }) => yes(body ? JSON.parse(body) : { products: ['Pulse'] }));
    const element = await open();
    expect(find(element, 'lightning-textarea').value).toBe('Pulse');
    await expect(element).toBeAccessible();
    find(element, 'lightning-textarea').dispatchEvent(new CustomEvent('change', { detail: { value: 'Pulse\nFlow Desk' } }));
    find(element, '.send').click();
    await settle();
    expect(JSON.parse(apex.mock.calls[1][0].body)).toEqual({ requestId: expect.any(String), products: ['Pulse', 'Flow Desk'] });
    expect(text(element)).toContain('ROS_Saved');
  });

  test('what could not be saved stays to be sent again', async () => {
    apex.mockImplementation(async ({ verb }) => (verb === 'GET' ? yes({ products: ['Pulse'] }) : no('trouble')));
    const element = await open();
    find(element, '.send').click();
    await settle();
    find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(find(element, 'lightning-textarea').value).toBe('Pulse');
  });

  test('says why it cannot be shown', async () => {
    apex.mockResolvedValue(no('no-permission'));
    expect(find(await open(), 'c-ros-error-panel').code).toBe('no-permission');
  });
});
