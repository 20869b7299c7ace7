import { expect, test } from 'vitest';
import type { HealthView } from '../../shared/contracts/view.ts';
import { requestId, unwrap } from '../ask.ts';
import { callOn, durationMs, settled } from './hand-over.ts';
import { soon, stageIs } from './look.ts';
import { approve, proposed } from './press.ts';
import { both, openStage } from './stage.ts';

// What happens where our app is taken out of a CRM, by whomever.
const { at, sandbox } = openStage();

test('in hubspot an admin takes our app out while nothing is written: the clock hears of it, and of the old one no more once it is back', async () => {
  const side = at('hubspot');
  const health = async () => unwrap<HealthView>(await side.admin.get('/v1/connection/health'));
  // The first minute subscribes; what happened before is not written down.
  await sandbox().worker.tick();
  const deal = side.deal();
  side.uninstall();
  await sandbox().worker.tick();
  expect(await health()).toMatchObject({ state: 'needs-reconnect' });
  await callOn(side, deal).send();
  await side.install();
  await sandbox().worker.tick();
  await soon(() => (side.activities(deal).length >= 2 ? true : undefined), 'what was kept is written');
  expect(await health()).toMatchObject({ state: 'connected' });
});

test('in salesforce an org that refuses every new session asks a person, and what is kept goes on once it is connected again', async () => {
  const side = at('salesforce');
  const health = async () => unwrap<HealthView>(await side.admin.get('/v1/connection/health'));
  const deal = side.deal();
  sandbox().salesforce.setShut(true);
  await callOn(side, deal).send();
  await soon(async () => ((await health()).state === 'needs-reconnect' ? true : undefined), 'health says that it must be connected again');
  const opened = sandbox().salesforce.count().logins;
  await sandbox().worker.tick();
  expect([sandbox().salesforce.count().logins, side.activities(deal)]).toEqual([opened, []]);
  sandbox().salesforce.setShut(false);
  await side.install();
  await soon(() => (side.activities(deal).length >= 2 ? true : undefined), 'what was kept is written');
  expect(await health()).toMatchObject({ state: 'connected' });
});

both('in %s without our app in the CRM everything is kept, and goes on once it is connected again', async (host) => {
  const side = at(host);
  const health = async () => unwrap<HealthView>(await side.admin.get('/v1/connection/health'));
  expect(await health()).toMatchObject({ state: 'connected', backlog: { count: 0, oldestAt: null } });
  const { deal: moving, move } = await proposed(side);
  const deal = side.deal();
  const startedMs = Date.now() - 600_000;
  // Salesforce knows only when another product's record was saved, so there that call has just ended.
  const theirsMs = host === 'hubspot' ? startedMs : Date.now() - durationMs;
  const call = callOn(side, deal, { startedMs: theirsMs });
  side.uninstall();
  const callId = await call.send();
  const away = await soon(async () => {
    const now = await health();
    return now.state === 'needs-reconnect' && now.backlog.count > 0 ? now : undefined;
  }, 'health says that it must be connected again');
  // The call is behind, and nothing about it is planned on a guess.
  expect(away.backlog).toEqual({ count: 1, oldestAt: expect.any(String) });
  const asked = side.asked();
  await sandbox().worker.tick();
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

// The last one: nothing of this org can be asked afterwards.
test('in salesforce disconnecting ends the one session that everybody had, and what is under way opens no other', async () => {
  const side = at('salesforce');
  await proposed(side);
  expect(sandbox().salesforce.sessions()).toBe(1);
  await callOn(side, side.deal()).send();
  unwrap(await side.admin.post('/v1/settings/disconnect', { requestId: requestId() }));
  await soon(() => (sandbox().salesforce.sessions() === 0 ? true : undefined), 'no session stands open');
  const opened = sandbox().salesforce.count().logins;
  await sandbox().worker.tick();
  expect([sandbox().salesforce.sessions(), sandbox().salesforce.count().logins]).toEqual([0, opened]);
});
