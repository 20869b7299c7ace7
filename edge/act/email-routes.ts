import { type Tones, usedTone } from '../../shared/act/email/tone.ts';
import { type EmailCall, type EmailMore, writeEmail } from '../../shared/act/email/write-email.ts';
import { draftAskBody, type EmailDraftView, type EmailEditsView, type EmailTone, emailToneBody } from '../../shared/contracts/email.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { RecordRef } from '../../shared/contracts/record.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface EmailRouteDeps {
  maySeeCall(who: Who, callId: string): Promise<Result<boolean>>;
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** The record's newest calls, those the viewer may see, newest first. */
  callsOf(who: Who, ref: RecordRef): Promise<readonly { id: string; status: string }[]>;
  /** What a mail is written from; null while the call is not understood. */
  materialOf(tenantId: string, callId: string): Promise<Material | null>;
  /** What is set for this rep, and for everyone. */
  tonesOf(tenantId: string, repId: string): Promise<Tones>;
  setTone(tenantId: string, userId: string | null, tone: EmailTone | null, by: string): Promise<void>;
  isAdmin(who: Who): Promise<boolean>;
  keptSince(tenantId: string, since: Date): Promise<Omit<EmailEditsView, 'days'>>;
  now(): number;
}

interface Material {
  call: Omit<EmailCall, 'tone'> & { repId: string };
  insight: Insight;
  heard: readonly Utterance[];
}

const EDITS_DAYS = 90;
const DAY_MS = 24 * 3_600_000;

/** The follow-up mail on demand, how it sounds, and how much of it people keep. Nothing is stored or sent by asking for one. */
export const emailRoutes = (deps: EmailRouteDeps) => (app: RosApp) => {
  app.post('/api/email/draft', async (c) => {
    const { callId, record, tone, thread } = parseJson(c.get('raw'), draftAskBody);
    if ((callId === undefined) === (record === undefined)) throw new Problem(400, 'Name a call or a record, one of them.', 'callId');
    const found = record === undefined ? await seenCall(deps, c, callId ?? '') : await latestOn(deps, c, record);
    if (found instanceof Response) return found;
    const { tenantId } = c.get('who');
    const material = await deps.materialOf(tenantId, found);
    if (!material) return no(c, 'stale', 'This call is not understood yet.');
    const { repId, ...call } = material.call;
    const more: EmailMore = { heard: material.heard, ...(thread ? { thread } : {}) };
    const used = tone ?? usedTone(await deps.tonesOf(tenantId, repId));
    const view: EmailDraftView = { callId: found, ...writeEmail({ ...call, tone: used }, material.insight, more) };
    return yes(c, view);
  });

  app.post('/v1/settings/email-tone', async (c) => {
    const it = parseJson(c.get('raw'), emailToneBody);
    const { tenantId, user } = c.get('who');
    if (it.for === 'everyone' && !(await deps.isAdmin(c.get('who'))))
      return no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
    await deps.setTone(tenantId, it.for === 'me' ? user.id : null, it.tone, user.id);
    const tones = await deps.tonesOf(tenantId, user.id);
    return yes(c, { ...tones, used: usedTone(tones) });
  });

  app.get('/v1/email/edits', async (c) => {
    const since = new Date(deps.now() - EDITS_DAYS * DAY_MS);
    return yes(c, { days: EDITS_DAYS, ...(await deps.keptSince(c.get('who').tenantId, since)) });
  });
};

async function seenCall(deps: EmailRouteDeps, c: RosContext, callId: string): Promise<string | Response> {
  const may = await deps.maySeeCall(c.get('who'), callId);
  if (!may.ok && may.fault.kind === 'gone') throw new Problem(404, 'There is nothing here.');
  if (!may.ok) return faultAnswer(c, may.fault);
  return may.value ? callId : no(c, 'no-permission', 'Your CRM does not show you this record.');
}

/** The latest understood call of a record, of those that they may see. */
async function latestOn(deps: EmailRouteDeps, c: RosContext, record: RecordRef): Promise<string | Response> {
  const may = await deps.maySeeRecord(c.get('who'), record);
  if (!may.ok) return faultAnswer(c, may.fault);
  const calls = await deps.callsOf(c.get('who'), record);
  // Whoever may not see the record's calls still sees their own on it.
  if (!may.value && calls.length === 0) return no(c, 'no-permission', 'Your CRM does not show you this record.');
  const latest = calls.find(({ status }) => status === 'understood');
  return latest?.id ?? no(c, 'stale', 'No call on this record is understood yet.');
}
