import call from '@salesforce/apex/RosEdge.call';
import RosMonth from 'c/rosMonth';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const usage = {
  month: '2026-11',
  speech: {
    live: 600,
    batch: 634,
    whisper: 0,
    minutes: 1234,
    usd: 9.48,
    capMinutes: 5000,
    forecastMinutes: 3085,
    share: 0.2468,
    state: 'open',
  },
  model: { tokensIn: 1000, tokensOut: 100, tokensCached: 0, usd: 2.92, capUsd: 20, forecastUsd: 7.3, share: 0.146, state: 'open' },
  usd: 12.4,
  forecastUsd: 31,
  pricesAsOf: '2026-11-21',
  notices: [],
};
const open = async (view: unknown = usage) => {
  apex.mockResolvedValue(yes(view));
  const element = show('c-ros-month', RosMonth);
  await settle();
  return element;
};

describe('c-ros-month', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('shows money, minutes, what the month may cost and where it leads', async () => {
    const element = await open();
    expect(text(element)).toContain('ROS_Month_Line');
    expect(text(element)).toContain('ROS_Month_Speech_Used');
    expect([...element.shadowRoot.querySelectorAll('.used')].map((bar) => bar.getAttribute('style'))).toEqual([
      'inline-size: 25%',
      'inline-size: 15%',
    ]);
    expect(find(element, '.over')).toBeNull();
    await expect(element).toBeAccessible();
  });

  test('before the first call nothing was spent', async () => {
    expect(text(await open({ ...usage, usd: 0 }))).toContain('ROS_Month_None');
  });

  test('a budget that is used up says what that means, with what an admin was told', async () => {
    const notices = [{ at: '2026-11-20T10:00:00Z', said: 'Speech is used up.' }];
    const element = await open({ ...usage, speech: { ...usage.speech, share: 1.2, state: 'over' }, notices });
    expect(find(element, '.over').textContent).toBe('c.ROS_Month_Over_Speech');
    expect(find(element, '.notice').textContent).toBe('Speech is used up.');
    await expect(element).toBeAccessible();
  });

  test('another budget is another share of it', async () => {
    const element = await open();
    apex.mockResolvedValue(yes({ ...usage, usd: 0 }));
    find(element, 'c-ros-budget').dispatchEvent(new CustomEvent('saved'));
    await settle();
    expect(text(element)).toContain('ROS_Month_None');
  });

  test.each(['no-permission', 'trouble', 'not-connected'])('says what to do when it is %s', async (code) => {
    apex.mockResolvedValue(no(code));
    const element = show('c-ros-month', RosMonth);
    await settle();
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
    await expect(element).toBeAccessible();
  });
});
