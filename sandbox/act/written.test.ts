import { expect, test } from 'vitest';
import type { ChangesView, WrittenView } from '../../shared/contracts/view.ts';
import { requestId, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import { conversationOf } from '../play-call.ts';
import { callOn, customerName, durationMs, settled } from './hand-over.ts';
import { of, soon, stageIs, standing } from './look.ts';
import { approve, policies, proposed, undo } from './press.ts';
import { both, openStage } from './stage.ts';
import { understandAgain } from './understand-again.ts';

// What a call leaves in the CRM, seen from there.
const { at, sandbox } = openStage();

both('in %s a call is in the CRM once, on its deal and its contact, however often it is handed over', async (host) => {
  const side = at(host);
  const deal = side.deal();
  const call = callOn(side, deal);
  const [callId, again] = await Promise.all([call.send(), call.send()]);
  expect(again).toBe(callId);
  const before = await settled(side, callId);
  const written = side.activities(deal);
  expect(standing(side, deal)).toEqual([
    { kind: 'call', isOnContact: true },
    { kind: 'task', isOnContact: true },
  ]);
  expect(written.every(({ text }) => text.includes(call.mark))).toBe(true);

  expect(await call.send()).toBe(callId);
  // The next call of this deal comes behind it everywhere: once it is written, the repeated one has been dealt with.
  const next = callOn(side, deal, { answer: 'Fine, we will look at it together next week.' });
  await settled(side, await next.send());
  expect(side.activities(deal).filter(({ text }) => !text.includes(next.mark))).toEqual(written);
  expect((await conversationOf(side.card, callId)).changes).toEqual(before.changes);
});

both('in %s what was proposed and written goes along when a record becomes another one', async (host) => {
  const side = at(host);
  const { record, deal: into } = side.becomesAnother();
  const callId = await callOn(side, into, { record }).send();
  const { changes } = await settled(side, callId);
  expect(standing(side, into)).toEqual([
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

both('in %s a call that is understood anew brings its task up to date and adds none', async (host) => {
  const side = at(host);
  const deal = side.deal();
  const call = callOn(side, deal);
  const callId = await call.send();
  await settled(side, callId);
  const before = side.activities(deal);
  const account = host === 'hubspot' ? String(cast.hubspot.portalId) : cast.salesforce.orgId;
  await understandAgain(sandbox().database.url, side, account, callId, (insight) => ({
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

both('in %s a call that another product has logged is added to, and taken out of it again', async (host) => {
  const side = at(host);
  const deal = side.deal();
  const startedMs = Date.now() - 600_000;
  // Salesforce knows only when such a record was saved, so there the call has just ended.
  const theirsMs = host === 'hubspot' ? startedMs + 180_000 : Date.now() - durationMs;
  const existing = side.logCallByOther(deal, theirsMs, durationMs);
  const call = callOn(side, deal, { startedMs: host === 'hubspot' ? startedMs : theirsMs - 180_000 });
  const { changes } = await settled(side, await call.send());
  const calls = () => side.activities(deal).filter(({ kind }) => kind === 'call');
  expect(calls().map(({ id }) => id)).toEqual([existing]);
  expect(calls()[0]?.text).toContain(call.mark);
  unwrap(await undo(side, of(changes, 'log-call')));
  await soon(() => (calls()[0]?.text.includes(call.mark) ? undefined : true), 'our words leave it');
  expect(side.stands('call', existing)).toBe(true);
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

test('in hubspot a proposal goes along when its deal is merged while it waits', async () => {
  const side = at('hubspot');
  const { deal, move, callId } = await proposed(side);
  const into = sandbox().hubspot.people.merge('deals', side.deal().id, deal.id);
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
  sandbox().hubspot.people.erase(deal.contactId);
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
