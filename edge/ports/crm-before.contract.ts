import { expect, test } from 'vitest';
import { absent, call, fault, type Start, value } from './crm-pieces.contract.ts';

const when = { startedAt: call.startedAt, durationMs: call.durationMs };
const asked = { ...when, fromNumber: call.fromNumber, toNumber: call.toNumber };
const nothing = { fields: [], ours: [] };

/** What planning a call asks at once is what the single questions tell. */
export function crmBeforeContract(start: Start): void {
  test('tells at once what the single questions tell', async () => {
    const { crm, facts, edit, logByOther } = await start();
    edit({ [facts.amount.field]: '50000' });
    const logged = logByOther(when);
    const names = [facts.amount.field, facts.text.field, 'no_such_field'];
    const on = { ...asked, contact: facts.contact };
    const told = value(await crm.before({ record: facts.deal, fields: names, call: on, ours: [], email: facts.personEmail.toUpperCase() }));
    const people = value(await crm.findByEmail(facts.personEmail)).map(({ deal: _, ...person }) => person);
    const single = {
      record: value(await crm.record(facts.deal)),
      fields: value(await crm.fields(facts.deal, names)),
      loggedCall: value(await crm.loggedCall({ ...on, record: facts.deal })),
      people,
    };
    expect(told).toEqual(single);
    expect([told.loggedCall, told.fields.length, told.people.length]).toEqual([logged, 2, 1]);
  });

  test('names the person whose value stands in a field', async () => {
    const { crm, facts, edit } = await start();
    edit({ [facts.amount.field]: '50000' });
    const told = value(await crm.before({ ...nothing, record: facts.deal, fields: [facts.amount.field] }));
    expect(told.fields).toMatchObject([{ label: facts.amount.label, value: '50000', by: 'other', who: facts.ownerName }]);
  });

  test('says that an absent record is gone before anything else', async () => {
    const { crm, facts } = await start();
    const ask = { fields: [facts.amount.field], ours: [], call: { ...asked, contact: facts.contact }, email: facts.personEmail };
    expect(fault(await crm.before({ ...ask, record: absent(facts.deal) }))?.kind).toBe('gone');
  });

  test('takes a call for the one that was logged only when it is not ours, and only when it is asked', async () => {
    const { crm, facts, logByOther } = await start();
    const id = logByOther(when);
    const on = { record: facts.deal, fields: [], call: { ...asked, contact: facts.contact } };
    const { call: _, ...without } = on;
    const told = await Promise.all([
      crm.before({ ...on, ours: [] }),
      crm.before({ ...on, ours: [id] }),
      crm.before({ ...without, ours: [] }),
    ]);
    expect(told.map((one) => value(one).loggedCall)).toEqual([id, null, null]);
  });

  test('finds the logged call although the person of the call is gone', async () => {
    const { crm, facts, logByOther } = await start();
    const id = logByOther(when);
    const on = { ...nothing, record: facts.deal };
    const told = value(await crm.before({ ...on, call: { ...asked, contact: absent(facts.contact) } }));
    expect(told.loggedCall).toBe(id);
  });

  test('reads a contact as it reads a deal', async () => {
    const { crm, facts } = await start();
    const told = value(await crm.before({ ...nothing, record: facts.contact, call: asked, email: facts.personEmail }));
    const person = { ref: facts.contact, name: facts.personName, email: facts.personEmail };
    expect(told).toEqual({ record: value(await crm.record(facts.contact)), fields: [], loggedCall: null, people: [person] });
  });

  test('finds nobody behind an address nobody has, or none', async () => {
    const { crm, facts } = await start();
    const people = async (email: string) => value(await crm.before({ ...nothing, record: facts.deal, email })).people;
    expect([await people('nobody@elsewhere.example'), await people("x' OR Email != '@y")]).toEqual([[], []]);
  });
}
