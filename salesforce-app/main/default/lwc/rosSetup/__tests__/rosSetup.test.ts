import call from '@salesforce/apex/RosEdge.call';
import RosSetup from 'c/rosSetup';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const sources = [
  { source: 'telephone', state: 'connected', line: 'Twilio answers 2 numbers for your reps.' },
  { source: 'zoom', state: 'open', line: 'Connect it.' },
];
const open = async () => {
  const element = show('c-ros-setup', RosSetup);
  await settle();
  return element;
};

describe('c-ros-setup', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
    jest.useRealTimers();
  });

  test('shows where calls come from, and the parts below', async () => {
    apex.mockImplementation(async ({ path }) => (path.endsWith('/sources') ? yes({ sources }) : no('trouble')));
    const element = await open();
    expect([...element.shadowRoot.querySelectorAll('c-ros-source')].map((one) => one.source)).toEqual(sources);
    for (const part of ['consent-settings', 'list-setting', 'guidance-rules', 'coverage', 'month'].map((name) => `c-ros-${name}`))
      expect(find(element, part)).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  test('looks again, so that a consent in another window shows', async () => {
    jest.useFakeTimers();
    let state = 'open';
    apex.mockImplementation(async ({ path }) => (path.endsWith('/sources') ? yes({ sources: [{ ...sources[1], state }] }) : no('trouble')));
    const element = await open();
    state = 'connected';
    jest.advanceTimersByTime(5000);
    await settle();
    expect(find(element, 'c-ros-source').source.state).toBe('connected');
  });

  test('waits with a spinner until the first answer', async () => {
    apex.mockReturnValue(new Promise(() => undefined));
    const element = await open();
    expect(find(element, 'lightning-spinner')).not.toBeNull();
    expect(find(element, 'c-ros-source')).toBeNull();
  });

  test.each(['not-connected', 'no-permission', 'plan-limit', 'trouble'])('says what to do when it is %s', async (code) => {
    apex.mockResolvedValue(no(code));
    const element = await open();
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
    expect(find(element, 'c-ros-coverage')).toBeNull();
    expect(find(element, 'c-ros-guidance-rules') !== null).toBe(code === 'no-permission');
    await expect(element).toBeAccessible();
  });
});
