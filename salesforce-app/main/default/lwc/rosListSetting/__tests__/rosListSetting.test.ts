import call from '@salesforce/apex/RosEdge.call';
import RosListSetting from 'c/rosListSetting';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const bodyOf = (at = 0) => JSON.parse(apex.mock.calls[at][0].body);
const list = { domains: ['acme.example'], numbers: [], words: [], reps: [] };
const open = async (kind = 'never') => {
  const element = show('c-ros-list-setting', RosListSetting, { kind });
  await settle();
  return element;
};

describe('c-ros-list-setting', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('is one list, told apart line by line', async () => {
    apex.mockImplementation(async ({ body }) => yes(body ? JSON.parse(body) : list));
    const element = await open();
    expect(find(element, 'lightning-textarea').value).toBe('acme.example');
    await expect(element).toBeAccessible();
    const value = 'acme.example\n+4930*\nBoard';
    find(element, 'lightning-textarea').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    find(element, '.send').click();
    await settle();
    expect(bodyOf(1)).toEqual({
      requestId: expect.any(String),
      domains: ['acme.example'],
      numbers: ['+4930*'],
      words: ['Board'],
      reps: [],
    });
    expect(text(element)).toContain('ROS_Saved');
  });

  test('the names of what is sold are one, too', async () => {
    apex.mockImplementation(async ({ body }) => yes(body ? JSON.parse(body) : { products: ['Pulse'] }));
    const element = await open('names');
    expect(find(element, 'lightning-textarea').value).toBe('Pulse');
    find(element, 'lightning-textarea').dispatchEvent(new CustomEvent('change', { detail: { value: 'Pulse\nFlow Desk' } }));
    find(element, '.send').click();
    await settle();
    expect(bodyOf(1)).toEqual({ requestId: expect.any(String), products: ['Pulse', 'Flow Desk'] });
  });

  test('what could not be saved stays to be sent again', async () => {
    apex.mockImplementation(async ({ verb }) => (verb === 'GET' ? yes(list) : no('trouble')));
    const element = await open();
    find(element, '.send').click();
    await settle();
    find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(find(element, 'lightning-textarea').value).toBe('acme.example');
  });

  test('says why it cannot be shown', async () => {
    apex.mockResolvedValue(no('no-permission'));
    expect(find(await open(), 'c-ros-error-panel').code).toBe('no-permission');
  });
});
