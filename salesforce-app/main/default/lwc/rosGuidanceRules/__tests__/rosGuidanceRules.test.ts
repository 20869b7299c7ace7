import call from '@salesforce/apex/RosEdge.call';
import RosGuidanceRules from 'c/rosGuidanceRules';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const rule = {
  ruleId: 'price-objection',
  name: 'Price is too high',
  topic: 'price',
  fired: 40,
  shown: 22,
  used: 9,
  dismissed: 3,
  ignored: 10,
  retracted: 1,
  actedOn: 4,
  overrideRate: 0.14,
  speechToScreenMs: { p50: 412, p95: 633 },
  asideSince: null,
};
const notice = { ruleId: 'price-objection', text: '13 of its 20 cards were dismissed.', at: '2026-11-20T15:00:00.000Z' };
let all: unknown;
let mine: unknown;
const open = async () => {
  const element = show('c-ros-guidance-rules', RosGuidanceRules);
  await settle();
  return element;
};
const rows = (element: HTMLElement, table: string) =>
  [...find(element, table).shadowRoot.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
const said = () =>
  apex.mock.calls.map(([{ verb, path, body }]) => [verb, path, body && JSON.parse(body)]).filter(([verb]) => verb !== 'GET');

describe('c-ros-guidance-rules', () => {
  beforeEach(() => {
    all = yes({ rules: [rule, { ...rule, ruleId: 'b', shown: 2, used: 1, speechToScreenMs: null }], notices: [] });
    mine = yes({ quiet: 'off', never: [], rules: [] });
    apex.mockImplementation(async ({ path }) => (path.endsWith('/mine') ? mine : path.endsWith('/rules') ? all : yes({})));
  });
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('each rule has what became of its cards, with shares only where there are enough', async () => {
    const element = await open();
    expect(rows(element, '.all')).toEqual([
      ['Price is too high', '22', '9 (41 %)', '3 (14 %)', '4 (18 %)', '0.4 s'],
      ['Price is too high', 'c.ROS_Rule_Few', '1', '3', '4', '–'],
    ]);
    expect(find(element, '.own')).toBeNull();
    await expect(element).toBeAccessible();
  });

  test('a rule that was put aside by itself says so, and comes back with one press', async () => {
    all = yes({ rules: [{ ...rule, asideSince: notice.at }], notices: [notice] });
    const element = await open();
    expect(find(element, '.notice .said').textContent).toBe(notice.text);
    await expect(element).toBeAccessible();
    all = yes({ rules: [rule], notices: [] });
    find(element, '.restore').click();
    await settle();
    expect(said()).toEqual([['POST', '/v1/guidance/rules/price-objection/restore', { requestId: expect.any(String) }]]);
    expect(find(element, '.notice')).toBeNull();
  });

  test('a rep sees their own numbers, and takes back what they silenced', async () => {
    all = no('no-permission');
    const never = [
      { ruleId: 'a', name: 'A' },
      { ruleId: 'b', name: 'B' },
    ];
    mine = yes({ quiet: 'critical', never, rules: [rule] });
    const element = await open();
    expect(rows(element, '.own')).toHaveLength(1);
    expect(find(element, 'c-ros-error-panel')).toBeNull();
    find(element, '.unsilence').click();
    await settle();
    find(element, '.show-again').click();
    await settle();
    expect(said().map(([, , { quiet, never: ids }]) => [quiet, ids])).toEqual([
      ['critical', ['b']],
      ['off', ['a', 'b']],
    ]);
  });

  test('what could not be counted says so', async () => {
    mine = no('trouble');
    expect(find(await open(), 'c-ros-error-panel').code).toBe('trouble');
  });
});
