import { expect, test } from 'vitest';
import { askedOf, type GoldTurn, type PredictedTurn } from './calls.ts';
import { competitorsOf } from './options.ts';
import { score } from './score.ts';

const labels = { objections: [], next_steps: [], buying_signals: [], competitors: [], pricing: false, sentiment: 0, soft: [] };
const gold = (turn: number, over: Partial<GoldTurn['labels']> = {}, more: Partial<GoldTurn> = {}): GoldTurn => ({
  id: `call#${turn}`,
  call_id: 'call',
  turn,
  role: 'prospect',
  text: 'Well, no.',
  labels: { ...labels, ...over },
  ...more,
});
const said = (turn: number, over: Partial<PredictedTurn> = {}): PredictedTurn => ({
  turn,
  objections: [],
  next_steps: [],
  buying_signals: [],
  competitors: [],
  pricing: false,
  sentiment: 0.5,
  ...over,
});
const price = { type: 'price', mention: '', confidence: 1 };
const count = (turns: GoldTurn[], predicted: PredictedTurn[]) =>
  score(turns, [{ call_id: 'call', intent: 'demo', sentiment: 0.5, talk_ratio_rep: 0.5, turns: predicted }]).families;

test('counts a turn once a family', () => {
  const { objection } = count(
    [gold(0, { objections: ['price', 'timing'] }), gold(1), gold(2, { objections: ['trust'] })],
    [said(0, { objections: [price] }), said(1, { objections: [price] }), said(2)],
  );
  expect(objection).toMatchObject({ n: 2, right: 1, wrong: 1, missed: 1, precision: 0.5, recall: 0.5, f1: 0.5 });
});

test('a borderline turn neither rewards nor costs, unless a hard label stands there too', () => {
  const { objection } = count(
    [gold(0, { soft: ['objection'] }), gold(1, { soft: ['objection'], objections: ['price'] })],
    [said(0, { objections: [price] }), said(1)],
  );
  expect(objection).toMatchObject({ right: 0, wrong: 0, missed: 1 });
});

test('leaves out what was not labelled, and what a rep says where only prospects count', () => {
  const { objection, pricing } = count(
    [gold(0, { pricing: true }, { skip: ['price', 'objection'] }), gold(1, {}, { role: 'rep' })],
    [said(0, { objections: [price], pricing: true }), said(1, { objections: [price] })],
  );
  expect([objection.n, objection.wrong, pricing.n, pricing.wrong]).toEqual([0, 0, 0, 0]);
});

test('counts every competitor by name', () => {
  const { competitor } = count([gold(0, { competitors: ['Acme Inc.', 'Borealis'] })], [said(0, { competitors: ['acme inc', 'Coda'] })]);
  expect(competitor).toMatchObject({ n: 2, right: 1, wrong: 1, missed: 1 });
});

test('asks without labels, bare where that is wanted', () => {
  expect(askedOf([gold(3)], true)).toEqual([{ call_id: 'call', turns: [{ turn: 3, role: 'prospect', text: 'well no' }] }]);
});

test('takes names as JSON', () => {
  expect(competitorsOf('["Acme", "", 3]')).toEqual(['Acme']);
  expect(competitorsOf(undefined)).toEqual([]);
});
