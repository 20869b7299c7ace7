import call from '@salesforce/apex/RosEdge.call';
import RosLiveNow from 'c/rosLiveNow';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });

const says = (answer: string) => (call as unknown as jest.Mock).mockResolvedValue(answer);
const open = async () => {
  const element = show('c-ros-live-now', RosLiveNow);
  await settle();
  find(element, 'lightning-button').dispatchEvent(new CustomEvent('click'));
  await settle();
  return element;
};

describe('c-ros-live-now', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  test('a press gives the link to the page', async () => {
    const url = 'https://ros.example/team#ticket';
    says(yes({ url, expiresAt: '2026-11-22T10:00:00Z' }));
    const element = await open();
    expect(call).toHaveBeenCalledWith({ verb: 'POST', path: '/v1/live/ticket', body: expect.stringContaining('requestId') });
    expect(find(element, 'a').href).toBe(url);
    await expect(element).toBeAccessible();
  });

  test('who leads nobody is told so', async () => {
    says(no('no-permission'));
    expect(find(await open(), 'c-ros-error-panel').code).toBe('no-permission');
  });
});
