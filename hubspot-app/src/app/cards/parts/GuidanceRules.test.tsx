import { createRenderer } from '@hubspot/ui-extensions/testing';
import type { RuleMetrics } from '@ros/contracts';
import { expect, test, vi } from 'vitest';
import { fakeService, no, ok } from '../fake-service.ts';
import { makeApi } from '../hooks/api.ts';
import { Alert, Button, LoadingButton, TableCell, TableHeader } from '../host.ts';
import { GuidanceRules } from './GuidanceRules.tsx';

const rulesPath = '/v1/guidance/rules';
const minePath = '/v1/guidance/mine';
const rule: RuleMetrics = {
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
  overrideRate: 3 / 22,
  speechToScreenMs: { p50: 412, p95: 633 },
  asideSince: null,
};
const thin: RuleMetrics = {
  ...rule,
  ruleId: 'rival',
  name: 'Competitor named',
  shown: 2,
  used: 1,
  dismissed: 0,
  actedOn: 1,
  speechToScreenMs: null,
};
const mine = { quiet: 'off', never: [], rules: [] };

function open(more: Record<string, unknown> = {}) {
  const service = fakeService({ [rulesPath]: ok({ rules: [rule, thin], notices: [] }), [minePath]: ok(mine), ...more });
  const page = createRenderer('settings');
  page.render(<GuidanceRules world={service.world} api={makeApi('https://api.test', service.world)} />);
  const all = () => page.getRootNode().toString();
  const says = (text: string) => page.waitFor(() => expect(all()).toContain(text));
  const saysNot = (text: string) => vi.waitFor(() => expect(all()).not.toContain(text));
  const press = (text: string) => page.find(LoadingButton, (node) => node.text === text).trigger('onClick');
  const cells = () => page.findAll(TableCell).map(({ text }) => text);
  return { ...service, page, says, saysNot, press, cells };
}

test('each rule has what became of its cards, with shares only where there are enough of them', async () => {
  const { page, says, cells } = open();
  await says('Price is too high');
  await says('Only you see these numbers.');
  expect(page.findAll(TableHeader).map(({ text }) => text)).toEqual(['Rule', 'Shown', 'Used', 'Dismissed', 'Acted on', 'To screen']);
  expect(cells()).toEqual([
    ...['Price is too high', '22', '9 (41 %)', '3 (14 %)', '4 (18 %)', '0.4 s'],
    ...['Competitor named', '2 (few so far)', '1', '0', '1', '–'],
  ]);
  await says('Few so far: fewer than 20 cards were shown, too few to judge the rule by.');
});

test('a rule that was put aside by itself says so in a sentence, and comes back with one press', async () => {
  const text = '“Price is too high” was put aside: 13 of its 20 cards were dismissed.';
  const restore = `${rulesPath}/price-objection/restore`;
  const at = '2026-11-20T15:00:00.000Z';
  const { page, says, saysNot, press, replies, asked } = open({
    [rulesPath]: ok({ rules: [{ ...rule, asideSince: at }], notices: [{ ruleId: 'price-objection', text, at }] }),
    [restore]: ok({ ruleId: 'price-objection' }),
  });
  await says(text);
  expect(page.find(Alert).props.title).toBe(text);
  await says('Price is too high (put aside)');
  replies[rulesPath] = ok({ rules: [rule], notices: [] });
  press('Bring it back');
  await saysNot('put aside');
  expect(asked.find(({ method }) => method === 'POST')).toEqual({
    method: 'POST',
    path: restore,
    body: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
});

test('a rep sees their own numbers and not everybody’s', async () => {
  const { says, cells } = open({
    [rulesPath]: no('no-permission', 'Only who connected Relationship OS can see and change this.'),
    [minePath]: ok({ ...mine, rules: [{ ...rule, name: 'Mine' }] }),
  });
  await says('How the rules do for everybody is shown to who connected Relationship OS.');
  await says('Only you see these numbers.');
  expect(cells()[0]).toBe('Mine');
});

test('what a rep silenced for good, and quiet, are taken back with a press each', async () => {
  const silenced = {
    quiet: 'critical',
    never: [
      { ruleId: 'rival', name: 'Competitor named' },
      { ruleId: 'b', name: 'B' },
    ],
    rules: [],
  };
  const { says, saysNot, page, press, asked, replies } = open({ [minePath]: ok(silenced) });
  await says('“Competitor named” comes on none of your calls.');
  const put = () => asked.filter(({ method }) => method === 'PUT').map(({ body }) => [body?.quiet, body?.never]);
  replies[minePath] = ok({ ...silenced, never: [{ ruleId: 'b', name: 'B' }] });
  page.findAll(LoadingButton, (node) => node.text === 'Bring it back')[0]?.trigger('onClick');
  await saysNot('Competitor named” comes');
  expect(put()).toEqual([['critical', ['b']]]);
  replies[minePath] = ok({ ...silenced, quiet: 'off', never: [{ ruleId: 'b', name: 'B' }] });
  press('Show cards again');
  await saysNot('Show cards again');
  expect(put().at(-1)).toEqual(['off', ['b']]);
});

test('before the first call it teaches when numbers come, and a long list is folded', async () => {
  const none = open({ [rulesPath]: ok({ rules: [], notices: [] }) });
  await none.says('No rule has brought a card yet.');
  const many = Array.from({ length: 12 }, (_, n) => ({ ...rule, ruleId: `r${n}`, name: `Rule ${n}` }));
  const { page, says, saysNot } = open({ [rulesPath]: ok({ rules: many, notices: [] }) });
  await says('Rule 9');
  await saysNot('Rule 10');
  page.find(Button, (node) => node.text === 'Show all 12 rules').trigger('onClick');
  await says('Rule 11');
});
