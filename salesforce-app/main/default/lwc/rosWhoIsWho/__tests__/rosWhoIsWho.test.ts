import call from '@salesforce/apex/RosEdge.call';
import RosWhoIsWho from 'c/rosWhoIsWho';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });

const says = (answer: string) => (call as unknown as jest.Mock).mockResolvedValue(answer);
const ask = {
  text: 'We are not sure who is who on this call: which of the two is Sam?',
  options: [
    { rep: 'Speaker 1', label: 'Speaker 1 is Sam', quote: 'Good morning.' },
    { rep: 'Speaker 2', label: 'Speaker 2 is Sam', quote: 'Hello?' },
  ],
};
const open = async () => {
  const element = show('c-ros-who-is-who', RosWhoIsWho, { callId: 'call-1', ask });
  await settle();
  return element;
};
const press = async (element: HTMLElement) => {
  find(element, 'lightning-button').dispatchEvent(new CustomEvent('click'));
  await settle();
};

describe('c-ros-who-is-who', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  test('a press says which voice is the rep’s', async () => {
    says(yes({ callId: 'call-1', speakers: [] }));
    const element = await open();
    const said = jest.fn();
    element.addEventListener('said', said);
    await expect(element).toBeAccessible();
    await press(element);
    expect(call).toHaveBeenCalledWith({
      verb: 'POST',
      path: '/v1/calls/call-1/speakers',
      body: expect.stringContaining('"rep":"Speaker 1"'),
    });
    expect(said).toHaveBeenCalledTimes(1);
  });

  test('says why it was not taken', async () => {
    says(no('stale'));
    const element = await open();
    await press(element);
    expect(find(element, 'c-ros-error-panel').code).toBe('stale');
  });
});
