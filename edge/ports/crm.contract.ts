import { afterEach, describe, expect, test } from 'vitest';
import { crmBeforeContract } from './crm-before.contract.ts';
import { crmFieldsContract } from './crm-fields.contract.ts';
import { absent, type OpenCrm, value } from './crm-pieces.contract.ts';
import { crmUndoContract } from './crm-undo.contract.ts';
import { crmWritesContract } from './crm-writes.contract.ts';

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

    test('finds a person by their address, however it is written, and nobody by half of it', async () => {
      const { crm, facts } = await start();
      const upper = value(await crm.findByEmail(facts.personEmail.toUpperCase()));
      expect(upper.map(({ ref, name: called, deal }) => ({ ref, called, deal }))).toEqual([
        { ref: facts.contact, called: facts.personName, deal: facts.deal },
      ]);
      for (const nonsense of ['', facts.personEmail.slice(1), `${facts.personEmail}m`, "x' OR Email != '@y"])
        expect(await crm.findByEmail(nonsense)).toEqual({ ok: true, value: [] });
    });

    test('knows a record that is here from one that never was', async () => {
      const { crm, facts } = await start();
      expect([await crm.whereIs(facts.deal), await crm.whereIs(absent(facts.deal))]).toEqual([
        { ok: true, value: { is: 'here' } },
        { ok: true, value: { is: 'deleted' } },
      ]);
    });

    test('calls its users by their names, and nobody by an id it does not know', async () => {
      const { crm, facts } = await start();
      expect(await crm.nameOf(facts.owner.id)).toEqual({ ok: true, value: facts.ownerName });
      for (const nonsense of ['', "' OR Name != '", absent({ object: 'contact', id: facts.owner.id }).id])
        expect(await crm.nameOf(nonsense)).toEqual({ ok: true, value: null });
    });

    crmBeforeContract(start);
    crmWritesContract(start);
    crmFieldsContract(start);
    crmUndoContract(start);
  });
}
