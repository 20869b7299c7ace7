import { expect, test } from 'vitest';
import type { EarlierAsk } from '../../../shared/relate/may-ask.ts';
import type { ShownPath } from '../show-paths.ts';
import { answerPage, gonePage } from './answer-page.ts';
import { draftIntro } from './draft-intro.ts';
import { sayOf } from './move-intro.ts';
import { showIntro } from './show-intro.ts';
import type { IntroMove, IntroRow } from './store.ts';

const nowMs = Date.UTC(2026, 10, 20);
const record = { object: 'deal', id: '7001' } as const;
const hop = (from: string, to: string, chips: string[]): ShownPath['hops'][number] => ({
  from,
  to,
  tier: 'strong',
  trust: null,
  freshness: 'active',
  chips,
  isWeakest: false,
});
const path = (people: [string, string][]): ShownPath => ({
  rank: 1,
  tier: 'strong',
  score: 0.5,
  introducer: people.at(-2)?.[1] ?? '',
  teammate: people[0]?.[1] ?? '',
  target: people.at(-1)?.[1] ?? '',
  hops: people.slice(1).map(([, to], at) => hop(people[at]?.[1] ?? '', to, ['1–5 contacts', 'within a week', 'both ways'])),
  people: people.map(([key, name]) => ({ key, name })),
  next: 'ask',
  why: '',
});
const viaAna = path([
  ['user/72', 'Ana Brandt'],
  ['contact/9001', 'Maya Lindqvist'],
]);

async function drafted(shown: ShownPath | null, asks: EarlierAsk[] = []) {
  const deps = {
    now: () => nowMs,
    newId: () => 'intro-1',
    nameOf: async () => 'Sam Okafor',
    pathBy: async () => shown,
    asksOf: async () => asks,
    linkTo: async (id: string) => `https://ros.test/intro/${id}`,
    save: async (row: IntroRow) => row,
  };
  const made = await draftIntro(deps, '71', record, { requestId: 'r', people: ['user/72', 'contact/9001'], about: 'rollout' });
  return made.ok ? made.value : made.fault.said;
}

async function draft(): Promise<IntroRow> {
  const row = await drafted(viaAna);
  if (typeof row === 'string') throw new Error(row);
  return row;
}

test('a colleague is asked for whom they know, in a note with the link', async () => {
  const row = await draft();
  expect([row.connectorKey, row.targetKey, row.state, row.people.map(({ name }) => name)]).toEqual([
    'user/72',
    'contact/9001',
    'draft',
    ['Ana Brandt', 'Maya Lindqvist'],
  ]);
  expect(row.body).toContain('https://ros.test/intro/intro-1');
  expect(showIntro(row, '71', nowMs)).toMatchObject({
    connector: 'Ana Brandt',
    target: 'Maya Lindqvist',
    verbs: ['withdraw', 'approve'].sort(),
  });
});

test('whom one knows oneself asks next: the one outside', async () => {
  const own = path([
    ['user/71', 'You'],
    ['contact/9002', 'Dana Roe'],
    ['contact/9001', 'Maya Lindqvist'],
  ]);
  const row = await drafted(own);
  if (typeof row === 'string') throw new Error(row);
  expect([row.connectorKey, row.people[0]]).toEqual(['contact/9002', { key: 'user/71', name: 'Sam Okafor' }]);
  expect(row.body).toContain('Sam Okafor asked me to introduce you.');
});

test('no note without a way, for somebody one knows, or to somebody who said no', async () => {
  expect(await drafted(null)).toBe('This way in is no longer there.');
  const direct = path([
    ['user/71', 'You'],
    ['contact/9001', 'Maya Lindqvist'],
  ]);
  expect(await drafted(direct)).toBe('You know them yourself: write to them.');
  const at = new Date(nowMs - 86_400_000).toISOString();
  const trail: EarlierAsk['trail'] = [
    { what: 'approve', by: 'rep', at },
    { what: 'decline', by: 'connector', at },
  ];
  expect(await drafted(viaAna, [{ target: 'contact/9001', state: 'declined', trail }])).toBe(
    'Ana Brandt said no to this within three months.',
  );
});

test('what is approved is what was seen, once; of two answers the first counts', async () => {
  const moves: IntroMove[] = [];
  const deps = { now: () => nowMs, move: async (_: string, move: IntroMove) => moves.push(move) === moves.length };
  const row = await draft();
  const note = { subject: row.subject, body: `${row.body} ` };
  const approve = { what: 'approve', by: 'rep', actor: '71', version: 1, note } as const;
  const asked = await sayOf(deps, row, approve);
  if (!asked.ok) throw new Error('refused');
  expect([asked.value.state, asked.value.body, asked.value.version]).toEqual(['requested', note.body, 2]);
  expect(await sayOf(deps, asked.value, approve)).toEqual(asked);
  expect(await sayOf(deps, asked.value, { ...approve, note: { ...note, body: 'other' } })).toMatchObject({ ok: false });
  const yes = { what: 'accept', by: 'connector', actor: 'connector', version: 2 } as const;
  expect(await sayOf({ ...deps, move: async () => false }, asked.value, yes)).toMatchObject({ ok: false, fault: { kind: 'refused' } });
  expect(await sayOf(deps, asked.value, yes)).toMatchObject({ ok: true, value: { state: 'accepted' } });
  expect(moves.map(({ state, dueAt }) => [state, dueAt?.toISOString() ?? null])).toEqual([
    ['requested', '2026-12-04T00:00:00.000Z'],
    ['accepted', null],
  ]);
});

test('the page asks once, shows nothing of a draft, and writes names as text', async () => {
  const row = await draft();
  const read = async (state: IntroRow['state'], over: Partial<IntroRow> = {}) => {
    const page = answerPage({ ...row, ...over, state }, 'n');
    return [page.status, await page.text()] as const;
  };
  const [, asked] = await read('requested', { repName: '<b>Sam</b>' });
  expect(asked).toContain('&lt;b&gt;Sam&lt;/b&gt; asks whether you would introduce them.');
  expect(asked).not.toContain('<b>');
  expect(asked).toContain('value="not-now"');
  expect((await read('accepted'))[1]).toContain('mailto:?subject=');
  for (const state of ['draft', 'withdrawn', 'expired', 'won'] as const) {
    const [status, page] = await read(state);
    expect([status, page.includes('Maya')]).toEqual([404, false]);
  }
  expect(gonePage('n').headers.get('content-security-policy')).toContain("form-action 'self'");
});
