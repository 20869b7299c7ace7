import { afterEach, describe, expect, test } from 'vitest';
import type { CrmWrite } from '../../shared/contracts/change.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Crm, CrmUser } from './crm.ts';

/** A fresh CRM with known people in it, and two looks past the adapter at what really stands there. */
export interface OpenCrm {
  crm: Crm;
  /** `personNumber` is E.164 and belongs to one person, who is `contact` and sits on the open `deal`. `nextStage` is in its pipeline. */
  facts: {
    personNumber: string;
    personName: string;
    deal: RecordRef;
    contact: RecordRef;
    nextStage: string;
    /** Owns the deal. */
    owner: CrmUser;
    /** A known user of the same CRM, in another team. */
    stranger: CrmUser;
  };
  /** Calls, notes and tasks to be seen on the deal's timeline; only those written under `key` when one is given. */
  countActivities(key?: string): Promise<number>;
  /** The stage the vendor itself holds. */
  stageOf(deal: RecordRef): Promise<string>;
  close(): Promise<void>;
}

/** The suite every CRM vendor passes. `open` is called once a test. */
export function crmContract(name: string, open: () => Promise<OpenCrm>): void {
  describe(`${name} is a Crm`, () => {
    let opened: OpenCrm | undefined;
    const start = async () => {
      opened = await open();
      return opened;
    };
    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });

    test('finds the person behind a number, with the open deal', async () => {
      const { crm, facts } = await start();
      const found = value(await crm.findByPhone(facts.personNumber));
      expect(found.map(({ ref, name: called, deal }) => ({ ref, called, deal }))).toEqual([
        { ref: facts.contact, called: facts.personName, deal: facts.deal },
      ]);
    });

    test('finds nobody behind a number nobody has', async () => {
      const { crm } = await start();
      expect(await crm.findByPhone('+14155559999')).toEqual({ ok: true, value: [] });
    });

    test('finds nobody behind what is no number', async () => {
      const { crm } = await start();
      for (const nonsense of ['', 'anonymous', "+1' OR Name != '"])
        expect(await crm.findByPhone(nonsense)).toEqual({ ok: true, value: [] });
    });

    test('reads a deal with its stage, its pipeline and its people', async () => {
      const { crm, facts, stageOf } = await start();
      const deal = value(await crm.record(facts.deal));
      expect(deal.ref).toEqual(facts.deal);
      expect(deal.name).not.toBe('');
      expect(deal.ownerId).toBeTruthy();
      expect(deal.stageId).toBe(await stageOf(facts.deal));
      expect(deal.stages.map(({ id }) => id)).toEqual(expect.arrayContaining([deal.stageId, facts.nextStage]));
      expect(
        deal.stages
          .filter(({ closed }) => closed)
          .map(({ probability }) => probability)
          .sort(),
      ).toEqual([0, 1]);
      expect(deal.stages.every(({ probability }) => probability >= 0 && probability <= 1)).toBe(true);
      expect(deal.people.map(({ ref, name: called }) => ({ ref, called }))).toContainEqual({
        ref: facts.contact,
        called: facts.personName,
      });
    });

    test('reads a contact, which has no stages', async () => {
      const { crm, facts } = await start();
      const contact = value(await crm.record(facts.contact));
      expect({ ref: contact.ref, name: contact.name, stages: contact.stages, stageId: contact.stageId }).toEqual({
        ref: facts.contact,
        name: facts.personName,
        stages: [],
        stageId: undefined,
      });
    });

    test('says that an absent record is gone', async () => {
      const { crm, facts } = await start();
      expect(await crm.record(absent(facts.deal))).toMatchObject({ ok: false, fault: { kind: 'gone' } });
    });

    test('knows the owner of a deal', async () => {
      const { crm, facts } = await start();
      expect(value(await crm.reach(facts.owner, facts.deal))).toMatchObject({ owner: true, any: true });
    });

    test('tells a user of another team from the owner', async () => {
      const { crm, facts } = await start();
      expect(value(await crm.reach(facts.stranger, facts.deal))).toMatchObject({ owner: false, team: false });
    });

    test('gives a user it does not know nothing', async () => {
      const { crm, facts } = await start();
      const nobody = { id: absent({ object: 'contact', id: facts.stranger.id }).id, email: 'nobody@elsewhere.example' };
      expect(await crm.reach(nobody, facts.deal)).toEqual({ ok: true, value: { owner: false, team: false, any: false } });
    });

    test('gives nobody an absent record', async () => {
      const { crm, facts } = await start();
      const reached = await crm.reach(facts.owner, absent(facts.deal));
      if (reached.ok) expect(reached.value).toEqual({ owner: false, team: false, any: false });
      else expect(reached.fault.kind).toBe('gone');
    });

    for (const change of activities) {
      test(`writes a key once: ${change.kind}`, async () => {
        const { crm, facts, countActivities } = await start();
        const before = await countActivities();
        const on = { record: facts.deal, also: [facts.contact] };
        const key = keyOf(1);
        const first = value(await crm.write(change, on, key));
        const again = value(await crm.write(change, on, key));
        expect(again).toEqual(first);
        expect({ key: await countActivities(key), all: (await countActivities()) - before }).toEqual({ key: 1, all: 1 });
        const other = value(await crm.write(change, on, keyOf(2)));
        expect(other.recordId).not.toBe(first.recordId);
        expect((await countActivities()) - before).toBe(2);
      });

      test(`leaves nothing behind for an absent deal: ${change.kind}`, async () => {
        const { crm, facts, countActivities } = await start();
        const written = await crm.write(change, { record: absent(facts.deal), also: [] }, keyOf(3));
        expect(written.ok ? 'written' : written.fault.kind).toMatch(/^(gone|refused)$/);
        expect(await countActivities(keyOf(3))).toBe(0);
      });
    }

    test('writes one record when the same key arrives twice at once', async () => {
      const { crm, facts, countActivities } = await start();
      const on = { record: facts.deal, also: [facts.contact] };
      const key = keyOf(4);
      await Promise.all([crm.write(call, on, key), crm.write(call, on, key)]);
      value(await crm.write(call, on, key));
      expect(await countActivities(key)).toBe(1);
    });

    test('moves a stage from where it stood', async () => {
      const { crm, facts, stageOf } = await start();
      const from = await stageOf(facts.deal);
      value(await crm.write(move(from, facts.nextStage), { record: facts.deal, also: [] }, keyOf(5)));
      expect(await stageOf(facts.deal)).toBe(facts.nextStage);
      // The answer to the first try may be lost: the repeat finds the work done.
      value(await crm.write(move(from, facts.nextStage), { record: facts.deal, also: [] }, keyOf(5)));
      expect(await stageOf(facts.deal)).toBe(facts.nextStage);
    });

    test('refuses to move a stage a person has moved meanwhile', async () => {
      const { crm, facts, stageOf } = await start();
      const from = await stageOf(facts.deal);
      const written = await crm.write(move('somewhere else', facts.nextStage), { record: facts.deal, also: [] }, keyOf(6));
      expect(written).toMatchObject({ ok: false, fault: { kind: 'refused' } });
      expect(await stageOf(facts.deal)).toBe(from);
    });

    test('refuses a stage the pipeline does not have', async () => {
      const { crm, facts, stageOf } = await start();
      const from = await stageOf(facts.deal);
      const written = await crm.write(move(from, 'no such stage'), { record: facts.deal, also: [] }, keyOf(7));
      expect(written).toMatchObject({ ok: false, fault: { kind: 'refused' } });
      expect(await stageOf(facts.deal)).toBe(from);
    });
  });
}

/** Keys are UUIDs in production. */
const keyOf = (n: number) => `3f2c9a10-0000-4000-8000-${String(n).padStart(12, '0')}`;

const call: CrmWrite = {
  kind: 'log-call',
  title: 'Call with the customer',
  body: 'They asked for <b>120</b> seats & a plan.\nNext: security questionnaire.',
  direction: 'outbound',
  startedAt: '2026-11-20T15:00:00Z',
  durationMs: 83_000,
  fromNumber: '+14155550100',
  toNumber: '+14155550142',
};
const activities: readonly CrmWrite[] = [
  call,
  { kind: 'add-note', body: 'Compares us with another vendor.', at: '2026-11-20T15:02:00Z' },
  { kind: 'add-task', subject: 'Send the questionnaire', body: 'Promised on the call.', dueAt: '2026-11-26T17:00:00-05:00' },
];
const move = (from: string, to: string): CrmWrite => ({ kind: 'move-stage', from, to, fromLabel: from, toLabel: to });

/** An id of the vendor's own shape that nothing has. */
const absent = ({ object, id }: RecordRef): RecordRef => ({
  object,
  id: /^\d+$/.test(id) ? '99999999' : `${id.slice(0, 5)}${'9'.repeat(Math.max(0, id.length - 8))}${id.slice(-3)}`,
});

function value<T>(result: { ok: true; value: T } | { ok: false; fault: { kind: string; said: string } }): T {
  if (!result.ok) throw new Error(`${result.fault.kind}: ${result.fault.said}`);
  return result.value;
}
