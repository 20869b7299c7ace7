import { expect } from 'vitest';
import type { ConversationView, ShadowView, UndoView } from '../../shared/contracts/view.ts';
import { requestId, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import { callOn, settled } from './hand-over.ts';
import { changeIs, of, soon, stageIs, writtenItem } from './look.ts';
import { approve, policies, proposed, undo } from './press.ts';
import type { Side } from './side.ts';
import { both, openStage } from './stage.ts';

// What a person decides, or does in the CRM without us, seen from there.
const { at } = openStage();

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
    [theirs, blank].map(async (deal) => settled(side, await callOn(side, deal, { answer }).send())),
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

both('in %s a field that is only watched is never written, and is compared with what a person puts there', async (host) => {
  const side = at(host);
  const subject = `set-field:deal.${side.amountField}`;
  await policies(side, [{ subject, policy: 'shadow' }]);
  const [same, other] = [side.deal({ amount: '1000' }), side.deal({ amount: '1000' })];
  for (const deal of [same, other]) {
    const call = callOn(side, deal, { answer: 'Our budget for this is 50,000 dollars.' });
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

async function taskOf(side: Side) {
  const deal = side.deal();
  const callId = await callOn(side, deal).send();
  const task = of((await settled(side, callId)).changes, 'add-task');
  return { deal, callId, task, crmId: task.crmId ?? '' };
}
