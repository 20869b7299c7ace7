import { describe, expect, test } from 'vitest';
import { quietInsight } from '../../../shared/contracts/quiet-insight.ts';
import type { Evidence } from '../../../shared/contracts/transcript.ts';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { saveInsight } from '../../understand/store.ts';
import { settle } from '../risks/store.ts';
import { foldFacts } from '../store.ts';
import { recall } from './store.ts';

const ref = { object: 'deal', id: '7001' } as const;
const contact = { object: 'contact', id: '9001' } as const;
const at = (day: number) => new Date(Date.UTC(2026, 10, day, 15));
const lena = { id: '72', email: 'lena@brightloop.example' };
const sam = { id: '501', email: 'sam@brightloop.example' };
const said = (quote: string): Evidence => ({ quote, seq: 0, role: 'customer', speaker: 'Maya', startMs: 500, endMs: 900 });
const element = (score: number, gapQuestion: string) => ({ score, evidence: [], gapQuestion });
const long = 'very '.repeat(80);

const insight = quietInsight({
  headline: 'Maya wants to move ahead',
  sentiment: 0.7,
  bullets: [{ text: 'The price', evidence: said(`${long}dear`) }],
  nextSteps: [
    { text: 'Send the plan', owner: 'rep', dueAt: '2026-11-26T22:00:00Z', hedged: false, confidence: 0.9, evidence: said('the plan') },
    { text: 'Ask legal', owner: 'customer', hedged: true, confidence: 0.9, evidence: said('maybe') },
  ],
  buyingSignals: [{ type: 'commit', confidence: 0.9, evidence: said('go ahead') }],
  people: [{ name: 'Dana', influence: 'economic_buyer', confidence: 0.9, evidence: said('Dana signs') }],
  questions: [
    { isOpen: true, isAnswered: true, evidence: said('how much') },
    { isOpen: true, isAnswered: false, evidence: said('how long') },
  ],
  methodology: {
    meddpicc: {
      metrics: element(1, 'How would you measure it?'),
      economicBuyer: element(2, 'What is their name?'),
      decisionCriteria: element(3, ''),
      decisionProcess: element(3, ''),
      paperProcess: element(3, ''),
      identifyPain: element(3, ''),
      champion: element(3, ''),
      competition: element(3, ''),
    },
    bant: { budget: element(3, ''), authority: element(3, ''), need: element(3, ''), timeline: element(3, '') },
    spiced: {
      situation: element(3, ''),
      pain: element(3, ''),
      impact: element(3, ''),
      criticalEvent: element(0, 'By when?'),
      decision: element(3, ''),
    },
    share: 0.5,
    carries: 'evaluation',
  },
});

describe.each(databases)('what a brief needs ($name)', ({ url }) => {
  test('the newest calls with what they taught, facts and risks that stand, in one round', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const heard = await newCall(tenant, { startedAt: at(20), status: 'understood' });
    await saveInsight(db, tenantId, heard, insight);
    const unheard = await newCall(tenant, { startedAt: at(21), status: 'failed' });
    await newCall(tenant, { startedAt: at(22) });
    const elsewhere = await newCall(tenant, { startedAt: at(1), record: { object: 'deal', id: '7002' }, contactId: '9002' });
    const fact = { key: 'price', text: 'Finds the price high', evidence: said('twice'), callId: heard, at: at(20) };
    await foldFacts(db, tenantId, ref, [
      { ...fact, kind: 'objection' },
      { ...fact, kind: 'promise' },
      { ...fact, kind: 'competitor', key: 'zendara', callId: elsewhere },
    ]);
    const risk = { code: 'red_flag', basis: 'b', text: 'No money', severity: 'high', confidence: 0.9, isDeterministic: false } as const;
    await settle(
      db,
      tenantId,
      ref,
      { propose: [{ ...risk, evidence: [{ ...said('no money'), callId: heard }] }], renew: [], over: [] },
      at(20),
    );

    const found = await recall(db, tenantId, ref, lena);
    expect(found.calls.map(({ id, status }) => [id, status])).toEqual([
      [unheard, 'failed'],
      [heard, 'understood'],
    ]);
    expect(found.calls[1]).toMatchObject({ at: at(20).toISOString(), repName: 'Sam Okafor', record: ref, contactId: '9001' });
    expect(found.calls[1]?.insight).toEqual({
      headline: 'Maya wants to move ahead',
      sentiment: 0.7,
      proof: said(long.slice(0, 120)),
      nextSteps: [{ text: 'Send the plan', owner: 'rep', dueAt: '2026-11-26T22:00:00Z', evidence: said('the plan') }],
      people: [{ name: 'Dana', role: null, influence: 'economic_buyer', evidence: said('Dana signs') }],
      asked: [said('how long')],
      wentAheadMs: 500,
      gaps: expect.arrayContaining([
        { method: 'MEDDPICC', element: 'metrics', score: 1, question: 'How would you measure it?' },
        { method: 'MEDDPICC', element: 'economicBuyer', score: 2, question: null },
        { method: 'SPICED', element: 'criticalEvent', score: 0, question: 'By when?' },
      ]),
    });
    expect(found.facts.map(({ kind, key, times, lastAt }) => [kind, key, times, lastAt])).toEqual([
      ['competitor', 'zendara', 1, at(20).toISOString()],
      ['objection', 'price', 1, at(20).toISOString()],
    ]);
    expect(found.risks).toEqual([
      {
        code: 'red_flag',
        text: 'No money',
        severity: 'high',
        evidence: [{ ...said('no money'), callId: heard }],
        quotes: [heard],
        since: at(20).toISOString(),
      },
    ]);
    expect(found.cited.map(({ id }) => id)).toEqual([elsewhere]);
    // The person's calls are theirs, whatever deal they were about.
    expect((await recall(db, tenantId, contact, lena)).calls.map(({ id }) => id)).toEqual([unheard, heard]);
  });

  test('an insight from before methods were read says less, and a record without calls nothing', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    await saveInsight(db, tenantId, await newCall(tenant, { status: 'understood' }), quietInsight());
    expect((await recall(db, tenantId, ref, lena)).calls[0]?.insight).toEqual({
      headline: '',
      sentiment: 0.5,
      proof: null,
      nextSteps: [],
      people: [],
      asked: [],
      wentAheadMs: null,
      gaps: [],
    });
    expect(await recall(db, tenantId, { object: 'company', id: '1' }, lena)).toEqual({ calls: [], facts: [], risks: [], cited: [] });
  });

  test('a private call is there for its own rep, and takes nobody else’s place', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const open = await newCall(tenant, { startedAt: at(1), status: 'understood' });
    for (let n = 0; n < 6; n += 1) {
      const callId = await newCall(tenant, { startedAt: at(10 + n), status: 'understood', isPrivate: true });
      await foldFacts(db, tenantId, ref, [{ kind: 'objection', key: `${n}`, text: 'x', evidence: said('x'), callId, at: at(10 + n) }]);
    }
    const hers = await recall(db, tenantId, ref, lena);
    expect([hers.calls.map(({ id }) => id), hers.facts, hers.cited]).toEqual([[open], [], []]);
    expect((await recall(db, tenantId, ref, sam)).facts).toHaveLength(5);
    expect((await recall(db, tenantId, ref, { id: 'x', email: sam.email })).calls).toHaveLength(6);
  });
});
