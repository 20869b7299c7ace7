import call from '@salesforce/apex/RosEdge.call';
import RosAskCall from 'c/rosAskCall';
import { yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });

const answer = {
  answer: 'Price came up once.',
  isKnown: true,
  sources: [{ atMs: 61_000, speaker: 'Maya', role: 'customer', quote: 'It is twice what we pay.' }],
  by: 'rules',
};

describe('c-ros-ask-call', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  test('asks this call, shows the answer with its words, and drops it for another call', async () => {
    (call as unknown as jest.Mock).mockResolvedValue(yes(answer));
    const element = show('c-ros-ask-call', RosAskCall, { callId: 'call-1' });
    find(element, '.go').dispatchEvent(new CustomEvent('click'));
    await settle();
    expect(call).not.toHaveBeenCalled();
    find(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value: ' What price? ' } }));
    find(element, '.go').dispatchEvent(new CustomEvent('click'));
    await settle();
    expect(call).toHaveBeenCalledWith({
      verb: 'POST',
      path: '/v1/calls/call-1/ask',
      body: expect.stringContaining('"question":"What price?"'),
    });
    expect(find(element, '.answer p').textContent).toBe('Price came up once.');
    expect(element.shadowRoot.querySelectorAll('.answer li')).toHaveLength(1);
    await expect(element).toBeAccessible();
    element.callId = 'call-2';
    await settle();
    expect(element.shadowRoot.querySelector('.answer')).toBeNull();
  });
});
