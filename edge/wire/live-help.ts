import { ledBy, mayHelp } from '../../shared/guide/team-help.ts';
import { captureSettingsOf } from '../capture/consent/store.ts';
import * as calls from '../capture/store.ts';
import { noteHelped } from '../guide/help/store.ts';
import { helpRoutes, type RunningCall } from '../guide/help-routes.ts';
import { log } from '../http/log.ts';
import type { Sight } from '../http/sight.ts';
import { sha256Hex, type Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { callStub } from '../stubs.ts';
import { openSession, sealSession } from '../tenants/calling-session.ts';
import { random } from '../tenants/oauth-state.ts';
import * as tenants from '../tenants/store.ts';

const TICKET_MS = 5 * 60_000;
/** A working day. */
const SESSION_MS = 10 * 3_600_000;
/** A call that does not answer by then is left out this time. */
const ANSWER_MS = 2_000;

/** Calls that run are known to the database, how each stands to its own object: nothing is written while nobody looks, and nothing can linger. */
export function wireLiveHelp(parts: Parts, sight: Sight) {
  const { db, bindings, now, settings } = parts;
  const repOf = ({ user }: Who) => ({ userId: user.id, email: user.email });

  return helpRoutes({
    publicUrl: settings.PUBLIC_URL,
    leads: async (who) => {
      const { teamHelp } = await captureSettingsOf(db, who.tenantId);
      if (!teamHelp.isOn) return 'off';
      const led = ledBy(teamHelp, repOf(who));
      return led ? { helper: { id: who.user.id, name: led.name }, reps: led.reps } : 'nobody';
    },
    running: async (who, { reps }, limit) => {
      const rows = await calls.runningCalls(db, who.tenantId, reps, limit + 1);
      const theirs = rows.filter((call) => mayHelp(reps, repOf(who), call));
      return (await sight.calls(who, theirs)).map(briefOf);
    },
    one: async (who, { reps }, callId) => {
      const call = await calls.callOf(db, who.tenantId, callId);
      if (!call) return 'gone';
      if (!mayHelp(reps, repOf(who), call)) return null;
      const seen = await sight.call(who, call);
      return seen.ok && seen.value ? briefOf(call) : null;
    },
    standing: (tenantId, callId, helper, sees) => soon(callId, () => callStub(bindings, tenantId, callId).standing(helper, sees)),
    whisper: (tenantId, callId, said) => callStub(bindings, tenantId, callId).whisper(said),
    noteHelped: (tenantId, note) => noteHelped(db, tenantId, { ...note, at: new Date(now()) }),
    issueTicket: async (who) => {
      const token = random();
      const expiresAt = new Date(now() + TICKET_MS);
      const user = { ...who.user, host: who.host };
      await tenants.saveTicket(db, who.tenantId, {
        hash: await sha256Hex(token),
        purpose: 'team',
        subject: who.connectionId,
        user,
        expiresAt,
      });
      return { token, expiresAt: expiresAt.toISOString() };
    },
    signIn: async (ticket) => {
      const burnt = await tenants.burnTicket(db, await sha256Hex(ticket), new Date(now()));
      if (burnt?.purpose !== 'team') return null;
      const { tenantId, subject: connectionId, user } = burnt;
      const host = user['host'] === 'salesforce' ? 'salesforce' : 'hubspot';
      const expiresAtMs = now() + SESSION_MS;
      const sitting = { id: String(user['id'] ?? ''), email: String(user['email'] ?? '') };
      const token = await sealSession(settings.masters, { tenantId, connectionId, host, user: sitting, expiresAtMs }, 'team');
      return { token, expiresAt: new Date(expiresAtMs).toISOString() };
    },
    whoSits: async (token) => {
      const session = await openSession(settings.masters, token, now(), 'team');
      const connection = session && (await parts.lately.connectionOf(session.tenantId, session.connectionId));
      if (!session || connection?.state !== 'connected') return null;
      const { tenantId, connectionId, host, user } = session;
      return { tenantId, connectionId, host, user };
    },
  });
}

const briefOf = ({ id, repName, customerName, record, startedAt }: calls.CallRow): RunningCall => ({
  callId: id,
  repName,
  customerName,
  record,
  startedAt: startedAt.toISOString(),
});

async function soon<T>(trace: string, ask: () => Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), ANSWER_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    log({ at: 'call', what: 'no-standing', level: 'warn', trace });
    return null;
  } finally {
    clearTimeout(timer);
  }
}
