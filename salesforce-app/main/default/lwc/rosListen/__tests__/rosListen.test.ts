import call from '@salesforce/apex/RosEdge.call';
import RosListen from 'c/rosListen';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });

const says = (answer: string) => (call as unknown as jest.Mock).mockResolvedValue(answer);
const page = { callId: 'call-1', url: 'https://ros.example/listen/call-1#ticket', expiresAt: '2026-11-21T10:00:00Z' };
const open = async (props = {}) => {
  const element = show('c-ros-listen', RosListen, { objectApiName: 'Opportunity', recordId: '0065f000000DEALAAA', ...props });
  await settle();
  return element;
};
const press = async (element: HTMLElement) => {
  find(element, 'lightning-button').dispatchEvent(new CustomEvent('click'));
  await settle();
};

describe('c-ros-listen', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  test('a press gives the link to the page, which opens beside the record', async () => {
    says(yes(page));
    const element = await open();
    await press(element);
    expect(call).toHaveBeenCalledWith({
      verb: 'POST',
      path: '/v1/record/deal/0065f000000DEALAAA/listen',
      body: expect.stringContaining('requestId'),
    });
    expect(find(element, 'a').href).toBe(page.url);
    expect(find(element, 'a').target).toBe('_blank');
    await expect(element).toBeAccessible();
  });

  test('the link stays while its own call begins, and goes for another one', async () => {
    says(yes(page));
    const element = await open();
    await press(element);
    element.callId = 'call-1';
    await settle();
    expect(find(element, 'a')).not.toBeNull();
    element.callId = 'call-2';
    await settle();
    expect(find(element, 'a')).toBeNull();
  });

  test('while a call runs there is nothing to start', async () => {
    expect(find(await open({ callId: 'call-1' }), 'lightning-button')).toBeNull();
  });

  test('says why it cannot be heard', async () => {
    says(no('no-permission'));
    const element = await open();
    await press(element);
    expect(find(element, 'c-ros-error-panel').code).toBe('no-permission');
  });
});
