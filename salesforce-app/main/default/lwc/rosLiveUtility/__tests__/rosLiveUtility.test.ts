import call from '@salesforce/apex/RosEdge.call';
import RosLiveUtility from 'c/rosLiveUtility';
import { CurrentPageReference } from 'lightning/navigation';
import { yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const go = (page: unknown) => (CurrentPageReference as unknown as { emit(page: unknown): void }).emit(page);
const page = (recordId: string) => ({ type: 'standard__recordPage', attributes: { recordId, objectApiName: 'Opportunity' } });

describe('c-ros-live-utility', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('stays with the call when the rep walks on', async () => {
    apex.mockImplementation(async ({ path }) =>
      yes(path.includes('0065f000000DEALAAA') ? { state: 'live', callId: 'call-1' } : { state: 'clear', line: '' }),
    );
    const element = show('c-ros-live-utility', RosLiveUtility);
    go(page('0065f000000DEALAAA'));
    await settle();
    expect(find(element, 'c-ros-live-call').callId).toBe('call-1');
    go(page('0065f000000OTHRAAA'));
    await settle();
    expect(find(element, 'c-ros-live-call').callId).toBe('call-1');
    find(element, 'c-ros-live-call').dispatchEvent(new CustomEvent('ended'));
    await settle();
    expect(find(element, 'c-ros-live-call')).toBeNull();
  });

  test('teaches what comes next while no call runs', async () => {
    const element = show('c-ros-live-utility', RosLiveUtility);
    go({ type: 'standard__namedPage', attributes: {} });
    await settle();
    expect(find(element, '.empty')).not.toBeNull();
    expect(apex).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });
});
