import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeItem, ChangeKind } from '../shared/contracts/change.ts';
import type {
  ChangesView,
  ConversationView,
  HealthView,
  PoliciesBody,
  ShadowView,
  UndoView,
  WrittenView,
} from '../shared/contracts/view.ts';
import { callOn, customerName, durationMs, settled } from './act/hand-over.ts';
import { hubspotSide } from './act/hubspot-side.ts';
import { salesforceSide } from './act/salesforce-side.ts';
import type { Deal, Side } from './act/side.ts';
import { understandAgain } from './act/understand-again.ts';
import { requestId, unwrap } from './ask.ts';
import { cast } from './cast.ts';
import { conversationOf, until } from './play-call.ts';
import { type Sandbox, startSandbox } from './start.ts';

// What act promises, seen from the CRM: the Worker that ships, a real database, and both CRMs' twins. Every test has deals of its own.
let sandbox: Sandbox;
const sides: Partial<Record<'hubspot' | 'salesforce', Side>> = {};

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, speed: 1 });
  sides.hubspot = await hubspotSide(sandbox);
  sides.salesforce = await salesforceSide(sandbox);
}, 120_000);
afterAll(() => sandbox?.close());

// One after the other, so that neither CRM gets more in a second than it allows.
const both = test.each(['hubspot', 'salesforce'] as const);
const at = (host: Side['host']) => sides[host] as Side;
const soon = <T>(look: () => Promise<T | undefined> | T | undefined, what: string) => until(look, what, 100);

both('in %s a call is in the CRM once, on its deal and its contact, however often it is handed over', async (host) => {
  const side = at(host);
  const deal = side.deal();
  const call = callOn(sandbox, side, deal);
  const [callId, again] = await Promise.all([call.send(), call.send()]);
  expect(again).toBe(callId);
  const before = await settled(side, callId);
  const written = side.activities(deal);
  expect(written.map(({ kind, isOnContact }) => ({ kind, isOnContact })).sort(byKind)).toEqual([
    { kind: 'call', isOnContact: true },
    { kind: 'task', isOnContact: true },
  ]);
  expect(written.every(({ text }) => text.includes(call.mark))).toBe(true);

  expect(await call.send()).toBe(callId);
  // The next call of this deal comes behind it everywhere: once it is written, the repeated one has been dealt with.
  const next = callOn(sandbox, side, deal, { answer: 'Fine, we will look at it together next week.' });
  await settled(side, await next.send());
  expect(side.activities(deal).filter(({ text }) => !text.includes(next.mark))).toEqual(written);
  expect((await conversationOf(side.card, callId)).changes).toEqual(before.changes);
});

both('in %s an approved stage moves, says from which words and by whose yes, and is taken back once', async (host) => {
  const side = at(host);
  const { deal, move, callId } = await proposed(side);
  expect(side.stage(deal.id)).toBe(side.stages.first);
  unwrap(await approve(side, move));
  await soon(() => stageIs(side, deal, side.stages.next), 'the stage moves');
  const item = await soon(() => writtenItem(side, deal, move.id), 'it is listed as written');
  expect({
    callId: item.callId,
    by: item.change.decidedBy,
    name: item.change.decidedName,
    state: item.change.state,
    undoable: item.undoableUntil !== undefined,
  }).toEqual({
    callId,
    by: side.repId,
    name: cast.rep.name,
    state: 'written',
    undoable: true,
  });
  expect(item.change.evidence.map(({ quote, role }) => ({ quote, role }))).toEqual([
    { quote: 'Sounds good, we want to go ahead.', role: 'customer' },
  ]);

  const press = requestId();
  const first = unwrap<UndoView>(await side.card.post(`/v1/changes/${move.id}/undo`, { requestId: press }));
  const same = unwrap<UndoView>(await side.card.post(`/v1/changes/${move.id}/undo`, { requestId: press }));
  await soon(() => stageIs(side, deal, side.stages.first), 'the stage stands where it stood');
  await changeIs(side, callId, move.id, 'undone');
  const other = unwrap<UndoView>(await side.card.post(`/v1/changes/${move.id}/undo`, { requestId: requestId() }));
  expect(new Set([first, same, other].map(({ undo }) => undo?.id)).size).toBe(1);
  expect(other.undo?.state).toBe('written');
  expect(side.moves(deal.id)).toEqual([
    { to: side.stages.next, byUs: true },
    { to: side.stages.first, byUs: true },
  ]);
});

both('in %s a task is taken back, unless somebody has done or changed it', async (host) => {
  const side = at(host);
  const [untouched, done, renamed] = await Promise.all([taskOf(side), taskOf(side), taskOf(side)]);
  side.tickOff(done.crmId);
  side.rename(renamed.crmId, 'Call them instead');
  for (const { task } of [untouched, done, renamed]) unwrap(await undo(side, task));
  await soon(() => (side.stands('task', untouched.crmId) ? undefined : true), 'the task is gone');
  await changeIs(side, untouched.callId, untouched.task.id, 'undone');
  for (const one of [done, renamed]) {
    const item = await soon(async () => {
      const found = await writtenItem(side, one.deal, one.task.id);
      return found?.undo?.trouble ? found : undefined;
    }, 'the undo is refused');
    expect(item.change.state).toBe('written');
    expect(item.undo).toEqual({
      state: 'superseded',
      trouble: expect.stringContaining(`${side.person} changed the task in ${side.crm}`),
    });
    expect(side.stands('task', one.crmId)).toBe(true);
  }
  // The rest of the call stays as it was.
  expect(side.activities(untouched.deal).map(({ kind }) => kind)).toEqual(['call']);
});

both('in %s a stage that a person moved meanwhile is not overwritten, and says who moved it', async (host) => {
  const side = at(host);
  const { deal, move, callId } = await proposed(side);
  side.moveStage(deal.id, side.stages.other);
  const settledAs = await changeIs(side, callId, move.id, 'superseded');
  expect(settledAs.trouble).toContain(`${side.person} changed the stage in ${side.crm}`);
  expect(await approve(side, move)).toMatchObject({ ok: false, code: 'stale' });
  expect(side.moves(deal.id)).toEqual([{ to: side.stages.other, byUs: false }]);
});

both('in %s a yes to a proposal is held up when the CRM never told us that the stage had moved', async (host) => {
  const side = at(host);
  const { deal, move, callId } = await proposed(side);
  await side.unheard(async () => {
    side.moveStage(deal.id, side.stages.other);
    expect(await approve(side, move)).toMatchObject({
      ok: false,
      code: 'stale',
      what: expect.stringMatching(/^The deal is in .+ now\.$/),
    });
    expect(side.stage(deal.id)).toBe(side.stages.other);
    const anew = await changeIs(side, callId, move.id, 'waiting');
    expect(anew.body).toMatchObject({ from: side.stages.other, to: side.stages.next });
    // Whoever says yes to that has seen what it overwrites.
    unwrap(await approve(side, anew));
    await soon(() => stageIs(side, deal, side.stages.next), 'the second yes counts');
  });
});

both('in %s a value that a person put there is only suggested to, even where the policy says auto', async (host) => {
  const side = at(host);
  const subject = `set-field:deal.${side.amountField}`;
  await policies(side, [{ subject, policy: 'auto' }]);
  const [theirs, blank] = [side.deal({ amount: '1000' }), side.deal()];
  const answer = 'Our budget for this is 50,000 dollars.';
  const [onTheirs, onBlank] = await Promise.all(
    [theirs, blank].map(async (deal) => settled(side, await callOn(sandbox, side, deal, { answer }).send())),
  );
  const amount = (view: ConversationView | undefined) => of(view?.changes, 'set-field', side.amountField);
  expect(amount(onBlank)).toMatchObject({ state: 'written', body: { to: '50000' } });
  expect(side.amount(blank.id)).toBe('50000');
  const waiting = amount(onTheirs);
  expect(waiting).toMatchObject({ state: 'waiting', policy: 'suggest', body: { from: '1000', to: '50000' } });
  expect(waiting.reason).toContain(`${side.person} changed the amount in ${side.crm}`);
  expect(side.amount(theirs.id)).toBe('1000');
  await policies(side, [{ subject, policy: null }]);
});

both('in %s a stage that wants a field asks for it, names a wrong value, and moves with the right one', async (host) => {
  const side = at(host);
  const { deal, move, callId } = await proposed(side);
  side.requireAmountAt(side.stages.next);
  unwrap(await approve(side, move));
  const parked = await changeIs(side, callId, move.id, 'parked');
  side.requireAmountAt(null);
  expect(parked).toMatchObject({ parkedWhy: 'lacks', asks: [{ field: side.amountField, type: 'number' }] });
  expect(side.stage(deal.id)).toBe(side.stages.first);
  const wrong = await approve(side, parked, { [side.amountField]: 'a lot' });
  expect(wrong).toMatchObject({ ok: false, code: 'bad-request', what: `The field “${parked.asks?.[0]?.label}” must be a number.` });
  unwrap(await approve(side, parked, { [side.amountField]: '12000' }));
  await soon(() => stageIs(side, deal, side.stages.next), 'the stage moves with the amount');
  expect(side.amount(deal.id)).toBe('12000');
  await changeIs(side, callId, move.id, 'written');
  side.requireAmountAt(null);
});

both('in %s a call that another product has logged is added to, and taken out of it again', async (host) => {
  const side = at(host);
  const deal = side.deal();
  const startedMs = Date.now() - 600_000;
  // Salesforce knows only when such a record was saved, so there the call has just ended.
  const theirsMs = host === 'hubspot' ? startedMs + 180_000 : Date.now() - durationMs;
  const existing = side.logCallByOther(deal, theirsMs, durationMs);
  const call = callOn(sandbox, side, deal, { startedMs: host === 'hubspot' ? startedMs : theirsMs - 180_000 });
  const { changes } = await settled(side, await call.send());
  const calls = () => side.activities(deal).filter(({ kind }) => kind === 'call');
  expect(calls().map(({ id }) => id)).toEqual([existing]);
  expect(calls()[0]?.text).toContain(call.mark);
  unwrap(await undo(side, of(changes, 'log-call')));
  await soon(() => (calls()[0]?.text.includes(call.mark) ? undefined : true), 'our words leave it');
  expect(side.stands('call', existing)).toBe(true);
});

both('in %s what was proposed and written goes along when a record becomes another one', async (host) => {
  const side = at(host);
  const { record, deal: into } = side.becomesAnother();
  const callId = await callOn(sandbox, side, into, { record }).send();
  const { changes } = await settled(side, callId);
  expect(
    side
      .activities(into)
      .map(({ kind, isOnContact }) => ({ kind, isOnContact }))
      .sort(byKind),
  ).toEqual([
    { kind: 'call', isOnContact: true },
    { kind: 'task', isOnContact: true },
  ]);
  const move = of(changes, 'move-stage');
  expect(move.record).toEqual({ object: 'deal', id: into.id });
  unwrap(await approve(side, move));
  await soon(() => stageIs(side, into, side.stages.next), 'the stage of what it became moves');

  const { deal, callId: earlier } = await proposed(side);
  const contactId = side.mergeContact(deal);
  const items = await soon(async () => {
    const view = unwrap<WrittenView>(await side.card.get(`/v1/record/contact/${contactId}/written`));
    return view.items.length > 0 ? view.items : undefined;
  }, 'what was written is found under the contact that stayed');
  expect(items.map((one) => ({ callId: one.callId, kind: one.change.body.kind })).sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { callId: earlier, kind: 'add-task' },
    { callId: earlier, kind: 'log-call' },
  ]);
});

both('in %s a door asked twice with one request does it once, and the policies hold there, too', async (host) => {
  const side = at(host);
  const deal = side.deal();
  const record = { object: 'deal', id: deal.id };
  const task = { requestId: requestId(), record, subject: 'Send the terms', dueAt: '2026-12-01T09:00:00-05:00' };
  const door = async (path: string, body: Record<string, unknown>) => unwrap<ChangesView>(await side.card.post(path, body)).items;
  const [first] = await door('/api/tasks/create', task);
  const [second] = await door('/api/tasks/create', task);
  expect(second?.id).toBe(first?.id);
  const subjects = () => side.activities(deal).map(({ kind, text }) => `${kind} ${text.trim()}`);
  await soon(() => (subjects().length > 0 ? true : undefined), 'the task is there');

  const update = { requestId: requestId(), record, fields: { [side.amountField]: '7000' }, stage: side.stages.next };
  const asked = await door('/api/crm/auto-update', update);
  expect(asked.map(({ state, body }) => `${state} ${body.kind}`).sort()).toEqual(['waiting move-stage', 'waiting set-field']);
  expect((await door('/api/crm/auto-update', update)).map(({ id }) => id).sort()).toEqual(asked.map(({ id }) => id).sort());
  await policies(side, [
    { subject: 'add-task', policy: 'suggest' },
    { subject: `set-field:deal.${side.amountField}`, policy: 'auto' },
  ]);
  const [held] = await door('/api/tasks/create', { ...task, requestId: requestId(), subject: 'Wait for a yes' });
  expect(held?.state).toBe('waiting');
  await door('/api/crm/auto-update', { requestId: requestId(), record, fields: { [side.amountField]: '8000' } });
  await soon(() => (side.amount(deal.id) === '8000' ? true : undefined), 'the field is written at once');
  await policies(side, [
    { subject: 'add-task', policy: null },
    { subject: `set-field:deal.${side.amountField}`, policy: null },
  ]);

  const pending = await door('/api/crm/sync-deal', { requestId: requestId(), record });
  expect(pending.map(({ state, body }) => `${state} ${body.kind}`)).toEqual(
    expect.arrayContaining(['waiting add-task', 'waiting move-stage']),
  );
  expect(side.stage(deal.id)).toBe(side.stages.first);
  expect(subjects()).toEqual(['task Send the terms']);
});

both('in %s a call that is understood anew brings its task up to date and adds none', async (host) => {
  const side = at(host);
  const deal = side.deal();
  const call = callOn(sandbox, side, deal);
  const callId = await call.send();
  await settled(side, callId);
  const before = side.activities(deal);
  const account = host === 'hubspot' ? String(cast.hubspot.portalId) : cast.salesforce.orgId;
  await understandAgain(sandbox.database.url, side, account, callId, (insight) => ({
    ...insight,
    analyzer: 'another-1',
    headline: 'They agreed to go on',
    nextSteps: insight.nextSteps.map((step) => ({ ...step, text: `Send Ida the offer ${call.mark}` })),
  }));
  await call.send();
  await soon(
    () => (side.activities(deal).some(({ text }) => text.includes('Send Ida the offer')) ? true : undefined),
    'the task is renamed',
  );
  await settled(side, callId);
  const after = side.activities(deal);
  expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
  expect(after.find(({ kind }) => kind === 'call')?.text).toContain('They agreed to go on');
});

both('in %s a field that is only watched is never written, and is compared with what a person puts there', async (host) => {
  const side = at(host);
  const subject = `set-field:deal.${side.amountField}`;
  await policies(side, [{ subject, policy: 'shadow' }]);
  const [same, other] = [side.deal({ amount: '1000' }), side.deal({ amount: '1000' })];
  for (const deal of [same, other]) {
    const call = callOn(sandbox, side, deal, { answer: 'Our budget for this is 50,000 dollars.' });
    const watched = of((await settled(side, await call.send())).changes, 'set-field', side.amountField);
    expect(watched).toMatchObject({ state: 'shadow', policy: 'shadow', body: { from: '1000', to: '50000' } });
    expect(await approve(side, watched)).toMatchObject({ ok: false });
  }
  const compared = (n: number) =>
    soon(async () => {
      const { fields } = unwrap<ShadowView>(await side.card.get('/v1/shadow'));
      return fields.find((one) => one.field === side.amountField && one.n === n);
    }, `${n} are compared`);
  side.setAmount(same.id, '50000');
  await compared(1);
  side.setAmount(other.id, '40000');
  const { label: _, ...figures } = await compared(2);
  const none = { nothing: 0, open: 0 };
  expect(figures).toEqual({ object: 'deal', field: side.amountField, ...none, matched: 1, differed: 1, n: 2, accuracy: 0.5 });
  expect([side.amount(same.id), side.amount(other.id)]).toEqual(['50000', '40000']);
  await policies(side, [{ subject, policy: null }]);
});

test('in hubspot a proposal goes along when its deal is merged while it waits', async () => {
  const side = at('hubspot');
  const { deal, move, callId } = await proposed(side);
  const into = sandbox.hubspot.people.merge('deals', side.deal().id, deal.id);
  const moved = await soon(async () => {
    const found = of((await conversationOf(side.card, callId)).changes, 'move-stage');
    return found.record.id === into ? found : undefined;
  }, 'the proposal is on the deal that both have become');
  expect(moved).toMatchObject({ id: move.id, state: 'waiting' });
  unwrap(await approve(side, moved));
  await soon(() => stageIs(side, { ...deal, id: into }, side.stages.next), 'its stage moves');
  expect(
    side
      .activities({ ...deal, id: into })
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['call', 'task']);
});

test('in hubspot a contact that asked to be forgotten is forgotten here, too', async () => {
  const side = at('hubspot');
  const { deal, callId, mark } = await proposed(side);
  sandbox.hubspot.people.erase(deal.contactId);
  await soon(
    async () => ((await conversationOf(side.card, callId)).call.customerName === customerName ? undefined : true),
    'the name is gone',
  );
  const answers = await Promise.all(
    [
      `/v1/calls/${callId}`,
      `/v1/record/deal/${deal.id}/written`,
      `/v1/record/deal/${deal.id}/conversation`,
      `/v1/record/deal/${deal.id}/next`,
    ].map(async (path) => JSON.stringify(unwrap(await side.card.get(path)))),
  );
  const told = answers.join('\n');
  for (const word of [mark, customerName, 'go ahead', deal.email]) expect(told).not.toContain(word);
  expect(side.activities(deal)).toEqual([]);
});

test('in hubspot an admin takes our app out while nothing is written: the clock hears of it, and of the old one no more once it is back', async () => {
  const side = at('hubspot');
  const health = async () => unwrap<HealthView>(await side.admin.get('/v1/connection/health'));
  // The first minute subscribes; what happened before is not written down.
  await sandbox.worker.tick();
  const deal = side.deal();
  side.uninstall();
  await sandbox.worker.tick();
  expect(await health()).toMatchObject({ state: 'needs-reconnect' });
  await callOn(sandbox, side, deal).send();
  await side.install();
  await sandbox.worker.tick();
  await soon(() => (side.activities(deal).length >= 2 ? true : undefined), 'what was kept is written');
  expect(await health()).toMatchObject({ state: 'connected' });
});

test('in salesforce an org that refuses every new session asks a person, and what is kept goes on once it is connected again', async () => {
  const side = at('salesforce');
  const health = async () => unwrap<HealthView>(await side.admin.get('/v1/connection/health'));
  const deal = side.deal();
  sandbox.salesforce.setShut(true);
  await callOn(sandbox, side, deal).send();
  await soon(async () => ((await health()).state === 'needs-reconnect' ? true : undefined), 'health says that it must be connected again');
  const opened = sandbox.salesforce.count().logins;
  await sandbox.worker.tick();
  expect([sandbox.salesforce.count().logins, side.activities(deal)]).toEqual([opened, []]);
  sandbox.salesforce.setShut(false);
  await side.install();
  await soon(() => (side.activities(deal).length >= 2 ? true : undefined), 'what was kept is written');
  expect(await health()).toMatchObject({ state: 'connected' });
});

// The last one: it takes the app out.
both('in %s without our app in the CRM everything is kept, and goes on once it is connected again', async (host) => {
  const side = at(host);
  const health = async () => unwrap<HealthView>(await side.admin.get('/v1/connection/health'));
  expect(await health()).toMatchObject({ state: 'connected', backlog: { count: 0, oldestAt: null } });
  const { deal: moving, move } = await proposed(side);
  const deal = side.deal();
  const startedMs = Date.now() - 600_000;
  // Salesforce knows only when another product's record was saved, so there that call has just ended.
  const theirsMs = host === 'hubspot' ? startedMs : Date.now() - durationMs;
  const call = callOn(sandbox, side, deal, { startedMs: theirsMs });
  side.uninstall();
  const callId = await call.send();
  const away = await soon(async () => {
    const now = await health();
    return now.state === 'needs-reconnect' && now.backlog.count > 0 ? now : undefined;
  }, 'health says that it must be connected again');
  // The call is behind, and nothing about it is planned on a guess.
  expect(away.backlog).toEqual({ count: 1, oldestAt: expect.any(String) });
  const asked = side.asked();
  await sandbox.worker.tick();
  expect(side.asked()).toBe(asked);
  // What it would have been planned over without a look: another product's record of the call.
  const existing = side.logCallByOther(deal, theirsMs, durationMs);

  await side.install();
  await settled(side, callId);
  await soon(() => (side.activities(deal).length >= 2 ? true : undefined), 'what was kept is written');
  expect(side.activities(deal).find(({ kind }) => kind === 'call')).toMatchObject({
    id: existing,
    text: expect.stringContaining(call.mark),
  });
  unwrap(await approve(side, move));
  await soon(() => stageIs(side, moving, side.stages.next), 'what was proposed before still counts');
  expect(
    side
      .activities(deal)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['call', 'task']);
  const back = await soon(async () => {
    const now = await health();
    return now.backlog.count === 0 ? now : undefined;
  }, 'nothing is left to write');
  expect(back).toMatchObject({ state: 'connected', parkedCount: 0 });
});

const byKind = (a: { kind: string }, b: { kind: string }) => (a.kind < b.kind ? -1 : 1);
const stageIs = (side: Side, deal: Deal, stage: string) => (side.stage(deal.id) === stage ? true : undefined);

/** The call's change of this kind; for a field, the one of this name. */
function of(changes: readonly ChangeItem[] | undefined, kind: ChangeKind, field?: string): ChangeItem {
  const found = changes?.find(({ body }) => body.kind === kind && (body.kind !== 'set-field' || body.field === field));
  if (!found) throw new Error(`There is no ${kind} among the changes of the call.`);
  return found;
}

/** A deal whose call is written, and whose next stage waits for a yes. */
async function proposed(side: Side) {
  const deal = side.deal();
  const call = callOn(sandbox, side, deal);
  const callId = await call.send();
  const { changes } = await settled(side, callId);
  return { deal, callId, mark: call.mark, move: of(changes, 'move-stage') };
}

async function taskOf(side: Side) {
  const deal = side.deal();
  const callId = await callOn(sandbox, side, deal).send();
  const task = of((await settled(side, callId)).changes, 'add-task');
  return { deal, callId, task, crmId: task.crmId ?? '' };
}

const approve = (side: Side, { id, version }: ChangeItem, values?: Record<string, string>) =>
  side.card.post(`/v1/changes/${id}/approve`, { requestId: requestId(), version, ...(values ? { values } : {}) });
const undo = (side: Side, { id }: ChangeItem) => side.card.post(`/v1/changes/${id}/undo`, { requestId: requestId() });
const policies = async (side: Side, wanted: PoliciesBody['policies']) =>
  unwrap(await side.admin.post('/v1/settings/policies', { requestId: requestId(), policies: wanted }));

const changeIs = (side: Side, callId: string, id: string, state: ChangeItem['state']): Promise<ChangeItem> =>
  until(
    async () => (await conversationOf(side.card, callId)).changes.find((one) => one.id === id && one.state === state),
    `change ${id} is ${state}`,
    100,
  );

async function writtenItem(side: Side, deal: Deal, id: string) {
  const { items } = unwrap<WrittenView>(await side.card.get(`/v1/record/deal/${deal.id}/written`));
  return items.find(({ change }) => change.id === id);
}
