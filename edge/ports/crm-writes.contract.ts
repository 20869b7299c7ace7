import { expect, test } from 'vitest';
import type { CrmWrite } from '../../shared/contracts/change.ts';
import { absent, activities, again, call, fault, keyed, keyOf, note, type Start, task, value, writeOne } from './crm-pieces.contract.ts';

/** Calls, notes and tasks: one record a key, whatever happens on the way. */
export function crmWritesContract(start: Start): void {
  for (const change of activities) {
    test(`writes a key once: ${change.kind}`, async () => {
      const { crm, facts, countActivities } = await start();
      const before = await countActivities();
      const also = [facts.contact];
      const first = value(await writeOne(crm, keyed(change, 1, { also }), facts.deal));
      const repeated = value(await writeOne(crm, keyed(change, 1, { also, isFirst: false }), facts.deal));
      expect(repeated).toEqual(first);
      expect({ key: await countActivities(keyOf(1)), all: (await countActivities()) - before }).toEqual({ key: 1, all: 1 });
      const other = value(await writeOne(crm, keyed(change, 2, { also }), facts.deal));
      expect(other.recordId).not.toBe(first.recordId);
      expect((await countActivities()) - before).toBe(2);
    });

    test(`leaves nothing behind for an absent deal: ${change.kind}`, async () => {
      const { crm, facts, countActivities } = await start();
      for (const it of [keyed(change, 3), keyed(change, 3, { isFirst: false })])
        expect(fault(await writeOne(crm, it, absent(facts.deal)))?.kind).toMatch(/^(gone|refused)$/);
      expect(await countActivities(keyOf(3))).toBe(0);
    });

    test(`writes for the deal although a person of the call is gone: ${change.kind}`, async () => {
      const { crm, facts, countActivities } = await start();
      value(await writeOne(crm, keyed(change, 4, { also: [absent(facts.contact)] }), facts.deal));
      expect(await countActivities(keyOf(4))).toBe(1);
    });
  }

  const bundle = activities.map((change, n) => keyed(change, 10 + n));

  test('writes a bundle in few requests, with an outcome for each in its place', async () => {
    const { crm, facts, countActivities, bodyOf, requests } = await start();
    const before = requests();
    const written = (await crm.write(bundle, facts.deal)).map(value);
    expect(requests() - before).toBeLessThanOrEqual(facts.bundleRequests);
    const held = written.map(({ recordId }, n) => bodyOf((['call', 'note', 'task'] as const)[n] ?? 'call', recordId));
    expect(held).toEqual(['asked for', 'Compares us', 'Promised on'].map((words) => expect.stringContaining(words)));
    expect(await Promise.all(bundle.map(({ key }) => countActivities(key)))).toEqual([1, 1, 1]);
  });

  test('the same bundle twice leaves one of each, tried again or sent as if for the first time', async () => {
    const { crm, facts, countActivities } = await start();
    const first = (await crm.write(bundle, facts.deal)).map(value);
    expect((await crm.write(bundle.map(again), facts.deal)).map(value)).toEqual(first);
    expect((await crm.write(bundle, facts.deal)).map(value)).toEqual(first);
    expect(await Promise.all(bundle.map(({ key }) => countActivities(key)))).toEqual([1, 1, 1]);
  });

  test('several of one kind are several records, and a repeat adds only those that are missing', async () => {
    const { crm, facts, countActivities } = await start();
    const before = await countActivities();
    const [a, b] = [keyed({ ...task, subject: 'First' }, 20), keyed({ ...task, subject: 'Second' }, 21)];
    const one = value(await writeOne(crm, a, facts.deal));
    const both = (await crm.write([again(a), again(b)], facts.deal)).map(value);
    expect(both[0]).toEqual(one);
    expect((await countActivities()) - before).toBe(2);
    const more = (await crm.write([keyed(task, 22), keyed(task, 23)], facts.deal)).map(value);
    expect(new Set([...both, ...more].map(({ recordId }) => recordId)).size).toBe(4);
  });

  test('one that cannot be written holds up no other', async () => {
    const { crm, facts, countActivities } = await start();
    const before = await countActivities();
    const hopeless: CrmWrite = { kind: 'set-field', field: 'no_such_field', label: 'X', mode: 'overwrite', from: null, to: 'x' };
    const written = await crm.write([keyed(hopeless, 30), keyed(note, 31)], facts.deal);
    expect([written[0] && fault(written[0])?.kind, written[1]?.ok]).toEqual(['refused', true]);
    expect((await countActivities()) - before).toBe(1);
  });

  test('writes one record when the same key arrives twice at once', async () => {
    const { crm, facts, countActivities } = await start();
    const it = keyed(call, 40, { also: [facts.contact] });
    await Promise.all([writeOne(crm, it, facts.deal), writeOne(crm, again(it), facts.deal)]);
    value(await writeOne(crm, again(it), facts.deal));
    expect(await countActivities(it.key)).toBe(1);
  });

  test('a repeat leaves what a person has made of it', async () => {
    const { crm, facts, rewrite, bodyOf } = await start();
    const { recordId } = value(await writeOne(crm, keyed(note, 50), facts.deal));
    rewrite('note', recordId, 'Sam put it better.');
    expect(value(await writeOne(crm, keyed(note, 50, { isFirst: false }), facts.deal))).toEqual({ recordId });
    expect(bodyOf('note', recordId)).toBe('Sam put it better.');
  });

  test('a newer version replaces the words that still are ours, and no second record is made', async () => {
    const { crm, facts, bodyOf, countActivities } = await start();
    const { recordId } = value(await writeOne(crm, keyed(note, 51), facts.deal));
    const newer = keyed({ ...note, body: 'Compares us with Zendara.' }, 51, { isFirst: false, wrote: note });
    for (const _ of [1, 2]) expect(value(await writeOne(crm, newer, facts.deal))).toEqual({ recordId });
    expect([bodyOf('note', recordId), await countActivities(keyOf(51))]).toEqual(['Compares us with Zendara.', 1]);
  });

  test('a newer version never replaces what a person wrote', async () => {
    const { crm, facts, rewrite, bodyOf } = await start();
    const { recordId } = value(await writeOne(crm, keyed(note, 52), facts.deal));
    rewrite('note', recordId, 'Sam put it better.');
    const newer = keyed({ ...note, body: 'Compares us with Zendara.' }, 52, { isFirst: false, wrote: note });
    const written = fault(await writeOne(crm, newer, facts.deal));
    expect(written?.kind).toBe('changed');
    expect(written?.said).toMatch(new RegExp(`^${facts.ownerName} changed the (?:note|task) in ${facts.name} on \\d+ \\w+\\.$`));
    expect(bodyOf('note', recordId)).toBe('Sam put it better.');
  });
}
