import { expect, test } from 'vitest';
import type { CrmWrite, FieldMode } from '../../shared/contracts/change.ts';
import { fault, keyed, move, type OpenCrm, type Start, value, writeOne } from './crm-pieces.contract.ts';

/** The deal's own fields and its stage: what a person has put there stays. */
export function crmFieldsContract(start: Start): void {
  test('moves a stage from where it stood', async () => {
    const { crm, facts, stageOf } = await start();
    const from = await stageOf(facts.deal);
    // The answer to the first try may be lost: the repeat finds the work done.
    for (const isFirst of [true, false]) {
      value(await writeOne(crm, keyed(move(from, facts.nextStage), 1, { isFirst }), facts.deal));
      expect(await stageOf(facts.deal)).toBe(facts.nextStage);
    }
  });

  test('never moves a stage that a person has moved meanwhile, and says who did', async () => {
    const { crm, facts, edit, stageOf, fieldOf } = await start();
    const from = await stageOf(facts.deal);
    const stages = value(await crm.record(facts.deal)).stages.filter(({ closed }) => !closed);
    const theirs = stages.find(({ id }) => id !== from && id !== facts.nextStage)?.id ?? '';
    edit({ [stageField(facts)]: theirs });
    const written = fault(await writeOne(crm, keyed(move(from, facts.nextStage), 2), facts.deal));
    expect(written).toEqual({ kind: 'changed', said: expect.stringMatching(saying(facts, 'stage')) });
    expect([await stageOf(facts.deal), fieldOf(stageField(facts))]).toEqual([theirs, theirs]);
  });

  test('refuses a stage the pipeline does not have', async () => {
    const { crm, facts, stageOf } = await start();
    const from = await stageOf(facts.deal);
    expect(fault(await writeOne(crm, keyed(move(from, 'no such stage'), 3), facts.deal))?.kind).toBe('refused');
    expect(await stageOf(facts.deal)).toBe(from);
  });

  test('asks for what the CRM wants at a stage, and takes it together with the move', async () => {
    const { crm, facts, stageOf, wantAtStage, fieldOf } = await start();
    const from = await stageOf(facts.deal);
    wantAtStage(facts.nextStage, facts.reason.field);
    const lacking = fault(await writeOne(crm, keyed(move(from, facts.nextStage), 4), facts.deal));
    expect(lacking).toEqual({ kind: 'lacks', said: expect.any(String), asks: [{ ...facts.reason, type: 'text' }] });
    expect(await stageOf(facts.deal)).toBe(from);
    const given: CrmWrite = { ...moveOf(from, facts.nextStage), with: { [facts.reason.field]: 'They asked for it.' } };
    value(await writeOne(crm, keyed(given, 4, { isFirst: false }), facts.deal));
    expect([await stageOf(facts.deal), fieldOf(facts.reason.field)]).toEqual([facts.nextStage, 'They asked for it.']);
  });

  test('several fields and the stage are one read and one write', async () => {
    const { crm, facts, stageOf, fieldOf, requests } = await start();
    const from = await stageOf(facts.deal);
    // What an admin defines is read once and remembered.
    value(await writeOne(crm, keyed(set(facts.text, 'fill-blank', null, 'Warm'), 5), facts.deal));
    value(await crm.record(facts.deal));
    const before = requests();
    const written = await crm.write(
      [
        keyed(set(facts.amount, 'overwrite', facts.amount.now, '91000'), 6),
        keyed(set(facts.reason, 'fill-blank', null, 'Why'), 7),
        keyed(move(from, facts.nextStage), 8),
      ],
      facts.deal,
    );
    expect(written.map((one) => one.ok)).toEqual([true, true, true]);
    expect(requests() - before).toBe(2);
    expect([fieldOf(facts.amount.field), fieldOf(facts.reason.field), await stageOf(facts.deal)]).toEqual([
      '91000',
      'Why',
      facts.nextStage,
    ]);
  });

  test('one refused field holds up no other', async () => {
    const { crm, facts, fieldOf } = await start();
    const written = await crm.write(
      [
        keyed(set(facts.choice, 'overwrite', fieldOf(facts.choice.field) || null, 'no such choice'), 9),
        keyed(set(facts.text, 'fill-blank', null, 'Warm'), 10),
      ],
      facts.deal,
    );
    expect([written[0] && fault(written[0])?.kind, written[1]?.ok, fieldOf(facts.text.field)]).toEqual(['refused', true, 'Warm']);
  });

  test('fills a blank field once, and leaves a filled one alone', async () => {
    const { crm, facts, fieldOf, edit } = await start();
    const fill = set(facts.text, 'fill-blank', null, 'Warm');
    for (const isFirst of [true, false]) value(await writeOne(crm, keyed(fill, 11, { isFirst }), facts.deal));
    expect(fieldOf(facts.text.field)).toBe('Warm');
    edit({ [facts.text.field]: 'Cold' });
    const written = fault(await writeOne(crm, keyed(fill, 12), facts.deal));
    expect(written).toEqual({ kind: 'changed', said: expect.stringMatching(saying(facts, facts.text.label.toLowerCase())) });
    expect(fieldOf(facts.text.field)).toBe('Cold');
  });

  test('appends once, below what stands there', async () => {
    const { crm, facts, fieldOf, edit } = await start();
    edit({ [facts.text.field]: 'Theirs.' });
    const append = keyed(set(facts.text, 'append', 'Theirs.', 'Ours.'), 13);
    for (const isFirst of [true, false]) value(await writeOne(crm, { ...append, isFirst }, facts.deal));
    edit({ [facts.text.field]: `${fieldOf(facts.text.field)}\nTheirs again.` });
    value(await writeOne(crm, { ...append, isFirst: false }, facts.deal));
    expect(fieldOf(facts.text.field)).toBe('Theirs.\nOurs.\nTheirs again.');
  });

  test('overwrites what it planned from, and what it wrote itself, but no value of a person', async () => {
    const { crm, facts, fieldOf, edit } = await start();
    const first = set(facts.amount, 'overwrite', facts.amount.now, '91000');
    value(await writeOne(crm, keyed(first, 14), facts.deal));
    const newer = set(facts.amount, 'overwrite', facts.amount.now, '92000');
    value(await writeOne(crm, keyed(newer, 14, { isFirst: false, wrote: first }), facts.deal));
    expect(fieldOf(facts.amount.field)).toBe('92000');
    edit({ [facts.amount.field]: '50000' });
    const undo = set(facts.amount, 'overwrite', '92000', facts.amount.now);
    const written = fault(await writeOne(crm, keyed(undo, 15), facts.deal));
    expect(written).toEqual({ kind: 'changed', said: expect.stringMatching(saying(facts, 'amount')) });
    expect(fieldOf(facts.amount.field)).toBe('50000');
  });

  test('takes a value back to nothing', async () => {
    const { crm, facts, fieldOf } = await start();
    value(await writeOne(crm, keyed(set(facts.text, 'fill-blank', null, 'Warm'), 16), facts.deal));
    value(await writeOne(crm, keyed(set(facts.text, 'overwrite', 'Warm', ''), 17), facts.deal));
    expect(fieldOf(facts.text.field)).toBe('');
  });

  test('tells what stands in a field and whose it is', async () => {
    const { crm, facts, edit } = await start();
    value(await writeOne(crm, keyed(set(facts.amount, 'overwrite', facts.amount.now, '91000'), 18), facts.deal));
    const read = async () => value(await crm.fields(facts.deal, [facts.amount.field, 'no_such_field']));
    expect(await read()).toMatchObject([{ field: facts.amount.field, label: facts.amount.label, value: '91000', by: 'us' }]);
    edit({ [facts.amount.field]: '50000' });
    expect(await read()).toMatchObject([{ value: '50000', by: 'other', who: facts.ownerName, at: expect.stringMatching(/^\d{4}-/) }]);
  });
}

const set = ({ field, label }: { field: string; label: string }, mode: FieldMode, from: string | null, to: string): CrmWrite => ({
  kind: 'set-field',
  field,
  label,
  mode,
  from,
  to,
});
const moveOf = (from: string, to: string) => ({ kind: 'move-stage', from, to, fromLabel: from, toLabel: to }) as const;
const stageField = ({ name }: OpenCrm['facts']) => (name === 'HubSpot' ? 'dealstage' : 'StageName');
const saying = ({ name, ownerName }: OpenCrm['facts'], what: string) =>
  new RegExp(`^${ownerName} changed the ${what} in ${name} on \\d+ \\w+\\.$`);
