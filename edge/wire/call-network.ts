import { type Fault, passes } from '../../shared/kit/result.ts';
import * as calls from '../capture/store.ts';
import type { CallNetwork } from '../guide/safety-net.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import type { DeskCall } from '../ports/line-desk.ts';
import type { CallFacts } from '../ports/live.ts';
import * as tenants from '../tenants/store.ts';
import { lineAccountOf } from './telephony.ts';

/** The telephone network of a call, spoken to with its tenant's own account. */
export function callNetwork(parts: Parts): CallNetwork {
  const { db, lineDesk, settings } = parts;
  const statusUrl = `${settings.PUBLIC_URL}/api/calls/webhook`;

  async function deskCall(facts: CallFacts): Promise<DeskCall | null> {
    if ((facts.source ?? 'twilio') !== 'twilio') return null;
    const [account, call, all] = await Promise.all([
      lineAccountOf(parts, facts.tenantId),
      calls.callOf(db, facts.tenantId, facts.callId),
      tenants.connectionsOf(db, facts.tenantId),
    ]);
    const line = all.find(({ provider }) => provider === 'twilio');
    return account && call && line ? { account: line.externalId, secret: account.secret, externalId: call.externalId } : null;
  }
  const noted = (facts: CallFacts, what: string, kind: string) => log({ at: 'call', what, kind, level: 'warn', trace: facts.callId });

  /** Throws for what may pass, so that it is asked again. */
  const left = (facts: CallFacts, what: string, fault: Fault) => {
    noted(facts, what, fault.kind);
    if (passes(fault)) throw new Error(what);
  };

  return {
    async streamAgain(facts) {
      const call = await deskCall(facts);
      if (!call) return 'failed';
      const over = await lineDesk.isOver(call);
      if (over.ok && over.value) return 'over';
      const mediaUrl = `${settings.PUBLIC_URL.replace(/^http/, 'ws')}/media/twilio/${facts.tenantId}/${facts.callId}`;
      const parameters = { callId: facts.callId, repTrack: facts.repTrack };
      const asked = await lineDesk.streamAgain(call, { mediaUrl, statusUrl, parameters });
      if (!asked.ok) noted(facts, 'not-streamed-again', asked.fault.kind);
      return asked.ok ? 'asked' : 'failed';
    },
    async record(facts) {
      const call = await deskCall(facts);
      const begun = call && (await lineDesk.record(call, { statusUrl }));
      if (begun && !begun.ok) noted(facts, 'not-recorded', begun.fault.kind);
      if (begun && !begun.ok && begun.fault.ambiguous) throw new Error('not-recorded');
      return begun?.ok ? begun.value : null;
    },
    async findRecordings(facts, began) {
      const call = await deskCall(facts);
      const found = call && (await lineDesk.recordingsOf(call, began));
      if (found && !found.ok) left(facts, 'recordings-not-listed', found.fault);
      return found?.ok ? found.value : [];
    },
    async stopRecording(facts, recording) {
      const call = await deskCall(facts);
      const stopped = call && (await lineDesk.stopRecording(call, recording));
      if (stopped && !stopped.ok) left(facts, 'recording-not-stopped', stopped.fault);
    },
    async fetchRecording(facts, recording) {
      const call = await deskCall(facts);
      if (!call) return 'gone';
      const file = await lineDesk.fetchRecording(call, recording);
      if (file.ok) return file.value.body;
      return file.fault.kind === 'busy' || file.fault.kind === 'broken' ? 'later' : 'gone';
    },
    async dropRecording(facts, recording) {
      const call = await deskCall(facts);
      const dropped = call && (await lineDesk.dropRecording(call, recording));
      if (dropped && !dropped.ok) left(facts, 'recording-left-behind', dropped.fault);
    },
  };
}
