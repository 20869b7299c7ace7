import { expect, test } from 'vitest';
import type { CrmWrite } from '../../shared/contracts/change.ts';
import {
  type ActivityKind,
  absent,
  activities,
  call,
  fault,
  keyed,
  keyOf,
  type Start,
  task,
  value,
  writeOne,
} from './crm-pieces.contract.ts';

const kindOf = { 'log-call': 'call', 'add-note': 'note', 'add-task': 'task' } as const;
const taken = (activity: ActivityKind, crmId: string): CrmWrite => ({ kind: 'remove-activity', activity, crmId, title: 'x' });

/** What we wrote can be taken back, and what another product has logged is added to. */
export function crmUndoContract(start: Start): void {
  for (const change of activities) {
    const kind = kindOf[change.kind as keyof typeof kindOf];
    test(`takes back what nobody has touched, once: ${kind}`, async () => {
      const { crm, facts, bodyOf, countActivities } = await start();
      const { recordId } = value(await writeOne(crm, keyed(change, 1), facts.deal));
      for (const isFirst of [true, false])
        expect(value(await writeOne(crm, keyed(taken(kind, recordId), 2, { wrote: change, isFirst }), facts.deal))).toEqual({ recordId });
      expect([bodyOf(kind, recordId), await countActivities(keyOf(1))]).toEqual([undefined, 0]);
    });

    test(`leaves what a person has rewritten: ${kind}`, async () => {
      const { crm, facts, rewrite, bodyOf } = await start();
      const { recordId } = value(await writeOne(crm, keyed(change, 3), facts.deal));
      rewrite(kind, recordId, 'Sam put it better.');
      for (const wrote of [{ wrote: change }, {}]) {
        const written = fault(await writeOne(crm, keyed(taken(kind, recordId), 4, wrote), facts.deal));
        expect(written?.kind).toBe('changed');
        expect(written?.said).toMatch(new RegExp(`^${facts.ownerName} changed the ${kind} in ${facts.name} on \\d+ \\w+\\.$`));
      }
      expect(bodyOf(kind, recordId)).toBe('Sam put it better.');
    });
  }

  test('leaves a task that a person has done', async () => {
    const { crm, facts, complete, bodyOf } = await start();
    const { recordId } = value(await writeOne(crm, keyed(task, 5), facts.deal));
    complete(recordId);
    expect(fault(await writeOne(crm, keyed(taken('task', recordId), 6, { wrote: task }), facts.deal))?.kind).toBe('changed');
    expect(bodyOf('task', recordId)).toBeDefined();
  });

  const startMs = Date.parse('2026-11-20T15:00:00Z');
  const iso = (ms: number) => new Date(ms).toISOString();
  const ours = { ...call, body: 'Ours: 120 seats.', startedAt: iso(startMs) };

  test.each([
    [-299_000, true],
    [299_000, true],
    // Some products save a call at its start and some at its end: its length is added to the five minutes.
    [-391_000, false],
    [391_000, false],
  ])('finds the call that another product logged with %i ms of skew: %s', async (skewMs, isFound) => {
    const { crm, facts, logByOther } = await start();
    const id = logByOther({ startedAt: iso(startMs + skewMs), durationMs: 85_000 });
    const ask = { record: facts.deal, contact: facts.contact, startedAt: ours.startedAt, durationMs: 83_000 };
    expect(await crm.loggedCall(ask)).toEqual({ ok: true, value: isFound ? id : null });
  });

  test('takes neither of two calls that are equally likely, nor one of its own', async () => {
    const { crm, facts, logByOther } = await start();
    const ask = { record: facts.deal, contact: facts.contact, startedAt: ours.startedAt, durationMs: 83_000 };
    value(await writeOne(crm, keyed(ours, 7), facts.deal));
    expect(await crm.loggedCall(ask)).toEqual({ ok: true, value: null });
    for (const minutes of [1, 2]) logByOther({ startedAt: iso(startMs + minutes * 60_000), durationMs: 85_000 });
    expect(await crm.loggedCall(ask)).toEqual({ ok: true, value: null });
    expect(await crm.loggedCall({ ...ask, durationMs: 600_000 })).toEqual({ ok: true, value: null });
  });

  test("adds once to another product's call, and takes only its own words back", async () => {
    const { crm, facts, logByOther, rewrite, bodyOf, countActivities } = await start();
    const id = logByOther({ startedAt: ours.startedAt, durationMs: 85_000 });
    rewrite('call', id, 'Theirs.');
    const before = await countActivities();
    const enriched: CrmWrite = { ...ours, existing: id };
    for (const isFirst of [true, false])
      expect(value(await writeOne(crm, keyed(enriched, 8, { isFirst }), facts.deal))).toEqual({ recordId: id });
    const held = bodyOf('call', id) ?? '';
    expect([held.startsWith('Theirs.'), held.split('Ours: 120 seats.').length - 1, await countActivities()]).toEqual([true, 1, before]);
    const newer: CrmWrite = { ...enriched, body: 'Ours: 130 seats.' };
    value(await writeOne(crm, keyed(newer, 8, { isFirst: false, wrote: enriched }), facts.deal));
    expect(bodyOf('call', id)).toBe(held.replace('120', '130'));
    for (const isFirst of [true, false]) value(await writeOne(crm, keyed(taken('call', id), 9, { wrote: newer, isFirst }), facts.deal));
    expect([bodyOf('call', id), await countActivities()]).toEqual(['Theirs.', before]);
  });

  test('logs the call itself when the one to add to is gone', async () => {
    const { crm, facts, countActivities } = await start();
    const enriched: CrmWrite = { ...ours, existing: absent(facts.deal).id };
    value(await writeOne(crm, keyed(enriched, 10), facts.deal));
    expect(await countActivities(keyOf(10))).toBe(1);
  });
}
