import call from '@salesforce/apex/RosEdge.call';
import RosOpenWindow from 'c/rosOpenWindow';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });

const says = (answer: string) => (call as unknown as jest.Mock).mockResolvedValue(answer);
const page = { url: 'https://ros.example/window/call-1#ticket', expiresAt: '2026-11-22T10:00:00Z' };
const open = async () => {
  const element = show('c-ros-open-window', RosOpenWindow, { callId: 'call-1' });
  await settle();
  return element;
};
const press = async (element: HTMLElement) => {
  find(element, 'lightning-button').dispatchEvent(new CustomEvent('click'));
  await settle();
};

describe('c-ros-open-window', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  test('a press gives the link to the window, which goes for another call', async () => {
    says(yes(page));
    const element = await open();
    await press(element);
    expect(call).toHaveBeenCalledWith({ verb: 'POST', path: '/v1/calls/call-1/window', body: expect.stringContaining('requestId') });
    expect(find(element, 'a').href).toBe(page.url);
    expect(find(element, 'a').target).toBe('_blank');
    await expect(element).toBeAccessible();
    element.callId = 'call-2';
    await settle();
    expect(find(element, 'a')).toBeNull();
  });

  test('says why it does not open', async () => {
    says(no('no-permission'));
    const element = await open();
    await press(element);
    expect(find(element, 'c-ros-error-panel').code).toBe('no-permission');
    await expect(element).toBeAccessible();
  });
});
