import call from '@salesforce/apex/RosEdge.call';
import RosPhone from 'c/rosPhone';
import { CurrentPageReference } from 'lightning/navigation';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;

const recordId = '0065f000000DEALAAA';
const numbers = {
  canCall: true,
  myPhone: '+14155550100',
  numbers: [{ name: 'Ana Silva', number: '+14155550142', label: 'Mobile' }],
};
const running = {
  callId: '0b7c2f6e-2222-4222-8222-222222222222',
  direction: 'out',
  phase: 'ringing-rep',
  name: 'Ana Silva',
  about: 'Acme',
  number: '+14155550142',
  ourNumber: '+14155550111',
  record: null,
  startedAt: '2026-11-21T10:00:00.000Z',
  talkingAt: null,
  why: null,
};
const state = (over: object) => ({ state: 'call', seq: 1, pollMs: 1000, call: { ...running, ...over } });
const none = { state: 'none', seq: 0, pollMs: 4000 };

/** The service, as far as these tests ask it. */
let says: Record<string, unknown>;
const asked = (path: string) => apex.mock.calls.filter(([request]) => request.path.startsWith(path)).map(([request]) => request);

async function open(props: Record<string, unknown> = { isOnRecord: true, recordId, objectApiName: 'Opportunity' }) {
  const element = show('c-ros-phone', RosPhone, props);
  await settle();
  return element;
}
const press = async (element: HTMLElement, what: string) => {
  find(element, what).dispatchEvent(new CustomEvent('click'));
  await settle();
};

describe('c-ros-phone', () => {
  beforeEach(() => {
    says = { numbers: yes(numbers), ringing: yes(none), call: yes({ state: 'call', call: running }) };
    apex.mockImplementation(async ({ path }) => says[path.split('?')[0].split('/').at(-1)]);
  });
  afterEach(() => {
    clear();
    apex.mockReset();
    jest.useRealTimers();
  });

  test('lists who is on the record, and one press rings the rep first', async () => {
    says['ringing'] = yes(state({}));
    const element = await open();
    expect(find(element, '.line .detail').textContent).toBe('Mobile · +14155550142');
    await press(element, '.dial');
    const [request] = asked(`/v1/record/deal/${recordId}/call`);
    expect(JSON.parse(request.body)).toEqual({ number: '+14155550142', requestId: expect.any(String) });
    expect(find(element, '.state').textContent).toBe('c.ROS_Phone_Ringing_You');
    // While one call runs there is no second one to press.
    expect(find(element, '.dial')).toBeNull();
    await expect(element).toBeAccessible();
  });

  test('while somebody is talked to, there is nobody to call', async () => {
    const element = await open({ isOnRecord: true, isTalking: true, recordId, objectApiName: 'Opportunity' });
    expect(find(element, '.dial')).toBeNull();
  });

  test.each([
    ['ringing-customer', {}, 'c.ROS_Phone_Ringing'],
    ['talking', { talkingAt: '2026-11-21T10:00:10.000Z' }, 'c.ROS_Phone_Talking'],
    ['ended', {}, 'c.ROS_Phone_Over'],
    ['failed', { why: 'Ana Silva is busy.' }, 'Ana Silva is busy.'],
    ['ringing-rep', { direction: 'in' }, 'c.ROS_Phone_Incoming'],
  ])('says how it stands: %s', async (phase, over, said) => {
    says['ringing'] = yes(state({ phase, ...over }));
    const element = await open({});
    expect(find(element, '.state').textContent).toBe(said);
    expect(find(element, '.hang-up') !== null).toBe(phase === 'ringing-customer' || phase === 'talking');
  });

  test('a press whose answer was lost is the same press when it is tried again', async () => {
    says['call'] = no('trouble');
    const element = await open();
    await press(element, '.dial');
    says['call'] = yes({ state: 'call', call: running });
    find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    const ids = asked(`/v1/record/deal/${recordId}/call`).map(({ body }) => JSON.parse(body).requestId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('why nobody is called is said, and the next press is another one', async () => {
    says['call'] = no('no-permission');
    const element = await open();
    await press(element, '.dial');
    expect(find(element, 'c-ros-error-panel').code).toBe('no-permission');
    await press(element, '.dial');
    const ids = asked(`/v1/record/deal/${recordId}/call`).map(({ body }) => JSON.parse(body).requestId);
    expect(new Set(ids).size).toBe(2);
  });

  test('asks once for the rep’s own phone, then calls', async () => {
    says['call'] = yes({ state: 'needs-phone', line: 'Which phone?' });
    says['my-phone'] = yes({ number: '+14155550177' });
    const element = await open();
    await press(element, '.dial');
    expect(text(element)).toContain('Which phone?');
    find(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value: '(415) 555-0177' } }));
    says['call'] = yes({ state: 'call', call: running });
    says['ringing'] = yes(state({}));
    await press(element, '.save');
    expect(JSON.parse(asked('/v1/settings/my-phone')[0].body)).toMatchObject({ number: '(415) 555-0177' });
    expect(find(element, '.state').textContent).toBe('c.ROS_Phone_Ringing_You');
  });

  test('hangs up', async () => {
    says['ringing'] = yes(state({}));
    says['hang-up'] = yes({ ...running, phase: 'ended', why: 'Hung up before Ana Silva picked up.' });
    const element = await open({});
    await press(element, '.hang-up');
    expect(asked(`/v1/calls/${running.callId}/hang-up`)).toHaveLength(1);
    expect(find(element, '.state').textContent).toBe('Hung up before Ana Silva picked up.');
  });

  test('in the utility bar it follows the open record, and looks again by itself; on a record it does not', async () => {
    jest.useFakeTimers();
    const element = await open({});
    expect(find(element, '.detail').textContent).toBe('c.ROS_Phone_No_Record');
    (CurrentPageReference as unknown as { emit(page: unknown): void }).emit({
      type: 'standard__recordPage',
      attributes: { recordId, objectApiName: 'Opportunity' },
    });
    await settle();
    expect(find(element, '.dial')).not.toBeNull();
    says['ringing'] = yes(state({ direction: 'in' }));
    jest.advanceTimersByTime(4000);
    await settle();
    expect(find(element, '.state').textContent).toBe('c.ROS_Phone_Incoming');
    clear();
    apex.mockClear();
    await open();
    jest.advanceTimersByTime(20_000);
    await settle();
    expect(asked('/v1/calls/ringing')).toEqual([]);
  });
});
