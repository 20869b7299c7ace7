import type { ConsentRule, MissedWhy } from '../../shared/contracts/capture.ts';
import type { RosApp } from '../http/app.ts';
import { log } from '../http/log.ts';
import { Problem } from '../http/problem.ts';
import { idParam } from '../http/read-body.ts';
import type { Line } from '../ports/line.ts';
import type { CallFacts } from '../ports/live.ts';
import { askLater } from './ask-later.ts';
import type { Caller, RepLine } from './calls.ts';

/** A tenant's telephone account, with what proves its requests and who answers its numbers. */
export interface LineAccount {
  tenantId: string;
  connectionId: string;
  /** The CRM the calls belong to. */
  crmConnectionId: string;
  secret: string;
  lines: readonly RepLine[];
}

export interface LineDeps {
  /** Without a trailing slash. */
  publicUrl: string;
  line: Line;
  account(accountSid: string): Promise<LineAccount | null>;
  accountOfTenant(tenantId: string): Promise<LineAccount | null>;
  whoCalls(account: LineAccount, number: string): Promise<Caller>;
  /** What the plan still allows: a call with guidance, its recording alone, or nothing. */
  mayStart(tenantId: string): Promise<'guided' | 'recorded' | 'no'>;
  /** Why nobody may hear this call, in a sentence for its card; null when it may be heard. */
  whyNotRecorded(account: LineAccount, call: NewLineCall): Promise<string | null>;
  /** The CRM could not be asked who calls: may that be somebody whom nobody may hear? */
  mustAskFirst(tenantId: string): Promise<boolean>;
  pause(ms: number): Promise<void>;
  create(account: LineAccount, call: NewLineCall): Promise<{ id: string; startedAtMs: number; consentRule?: ConsentRule }>;
  /** Whose call it is, and who is rung should they not take it: who owns the caller's record, reached where they want to be; else who has the number that was called. */
  whoAnswers(account: LineAccount, line: RepLine, caller: Caller): Promise<{ rep: RepLine; about: string | null; second?: RepLine }>;
  /** The rep's screens show that it rings. */
  rings(account: LineAccount, callId: string, call: NewLineCall, about: string | null): Promise<void>;
  find(tenantId: string, externalId: string): Promise<string | null>;
  begin(facts: CallFacts): Promise<void>;
  /** We do not listen to this call; its card says why. */
  refuse(tenantId: string, callId: string, trouble: string, missed: MissedWhy): Promise<void>;
  connect(tenantId: string, callId: string, request: Request): Promise<Response>;
  hangUp(tenantId: string, callId: string): Promise<void>;
  /** Did the network say that it is over, while we waited? */
  isOver(tenantId: string, callId: string): Promise<boolean>;
  /** The call's stream broke or its recording is ready, says the vendor. */
  nudge(tenantId: string, callId: string): Promise<void>;
}

export interface NewLineCall {
  externalId: string;
  rep: RepLine;
  /** Rung when the rep does not take it. */
  second?: RepLine;
  caller: Caller;
  fromNumber: string;
  toNumber: string;
}

/** A phone in a pocket; a voicemail that picks up sooner is hung up on. */
export const REP_RINGS_S = 20;
export const OVER_PLAN = 'This month’s call minutes are used up, so this call was not heard. Ask an admin to raise them.';
export const ANNOUNCEMENT = 'This call may be recorded and transcribed, so that nothing you say has to be repeated.';

/** The doors a telephony vendor knocks on: a call rings, its audio comes, it ends. */
export const lineRoutes = (deps: LineDeps) => (app: RosApp) => {
  /** A call rings at one of the tenant's numbers. */
  app.post('/voice/twilio', async (c) => {
    const { account, form } = await verified(deps, c.req.raw, '/voice/twilio');
    const [from = '', to = '', externalId = ''] = [form['From'], form['To'], form['CallSid']];
    if (!externalId) throw new Problem(400, 'The field CallSid is missing.', 'CallSid');
    const line = account.lines.find((one) => one.number === to);
    if (!line) throw new Problem(404, 'Nobody answers this number. Set it up under telephony in the settings.');

    const [caller, mayStart] = await Promise.all([deps.whoCalls(account, from), deps.mayStart(account.tenantId)]);
    const { rep, about, second } = await deps.whoAnswers(account, line, caller);
    const coming: NewLineCall = { externalId, rep, ...(second ? { second } : {}), caller, fromNumber: from, toNumber: to };
    const never = await deps.whyNotRecorded(account, coming);
    const isHeard = mayStart !== 'no' && never === null;
    const call = await deps.create(account, coming);
    await deps.rings(account, call.id, coming, about);
    const facts: CallFacts = {
      tenantId: account.tenantId,
      callId: call.id,
      customerName: caller.name,
      startedAtMs: call.startedAtMs,
      repTrack: 'outbound',
      repName: rep.name,
      ...(mayStart === 'recorded' ? { withoutGuidance: true } : {}),
      ...(call.consentRule === undefined ? {} : { consentRule: call.consentRule }),
    };
    // Twilio tries its socket in vain meanwhile, and is asked for it once the call has begun.
    const waits = isHeard && caller.emails === null && (await deps.mustAskFirst(account.tenantId));
    if (waits)
      c.executionCtx.waitUntil(
        askLater({
          pause: deps.pause,
          ask: async () => {
            const who = await deps.whoCalls(account, from);
            return who.emails && { name: who.name, never: await deps.whyNotRecorded(account, { ...coming, caller: who }) };
          },
          begin: async (customerName) => {
            await deps.begin({ ...facts, customerName });
            // Said while there was nothing yet that could have heard it.
            if (await deps.isOver(account.tenantId, call.id)) await deps.hangUp(account.tenantId, call.id);
          },
          refuse: (trouble, missed) => deps.refuse(account.tenantId, call.id, trouble, missed),
        }),
      );
    // Where nobody may listen, and far over the plan's minutes, the phone still rings; we just do not hear it.
    else if (isHeard) await deps.begin(facts);
    else if (never !== null) await deps.refuse(account.tenantId, call.id, never, 'never-record');
    else await deps.refuse(account.tenantId, call.id, OVER_PLAN, 'over-plan');
    const what = waits ? 'asks-first' : isHeard ? 'begins' : never === null ? 'over-plan' : 'never-record';
    log({ at: 'call', what, trace: call.id, tenant: account.tenantId });
    const answer = deps.line.answer({
      mediaUrl: isHeard ? `${deps.publicUrl.replace(/^http/, 'ws')}/media/twilio/${account.tenantId}/${call.id}` : '',
      statusUrl: `${deps.publicUrl}/api/calls/webhook`,
      callId: call.id,
      repTrack: 'outbound',
      dial: rep.dial,
      announcement: ANNOUNCEMENT,
      toldUrl: `${deps.publicUrl}/voice/twilio/told/${call.id}`,
      acceptUrl: `${deps.publicUrl}/voice/twilio/accept/${call.id}`,
      ringS: REP_RINGS_S,
      ...(second ? { nextUrl: `${deps.publicUrl}/voice/twilio/next/${call.id}` } : {}),
    });
    return c.body(answer.body, 200, { 'content-type': answer.contentType });
  });

  /** The call's audio. The path was ours, the signature is the vendor's. */
  app.get('/media/twilio/:tenant/:call', async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') throw new Problem(400, 'This address takes a WebSocket.');
    const [tenant, call] = [idParam(c, 'tenant'), idParam(c, 'call')];
    const account = await deps.accountOfTenant(tenant);
    const url = `${deps.publicUrl.replace(/^http/, 'ws')}/media/twilio/${tenant}/${call}`;
    const signature = c.req.header('x-twilio-signature') ?? null;
    if (!account || !(await deps.line.verify({ url, signature }, account.secret)))
      throw new Problem(401, 'Not signed by the telephone account.');
    return deps.connect(tenant, call, new Request('https://call/line', c.req.raw));
  });

  /** The common door for what vendors say about calls afterwards. */
  app.post('/api/calls/webhook', async (c) => {
    const { account, form } = await verified(deps, c.req.raw, '/api/calls/webhook');
    const callId = form['CallSid'] ? await deps.find(account.tenantId, form['CallSid']) : null;
    const isOver = ['completed', 'busy', 'failed', 'no-answer', 'canceled'].includes(form['CallStatus'] ?? '');
    const isChanged = ['stream-stopped', 'stream-error'].includes(form['StreamEvent'] ?? '') || form['RecordingSid'] !== undefined;
    if (callId && isOver) await deps.hangUp(account.tenantId, callId);
    else if (callId && isChanged) await deps.nudge(account.tenantId, callId);
    return c.body(null, 204);
  });
};

/** A form of the telephone network's, with the account whose secret it was signed with. */
export interface SignedForm {
  account: LineAccount;
  form: Record<string, string>;
}

export async function verified(
  deps: Pick<LineDeps, 'publicUrl' | 'account' | 'line'>,
  request: Request,
  path: string,
): Promise<SignedForm> {
  const form = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer())));
  const accountSid = form['AccountSid'] ?? '';
  const account = /^AC[0-9a-f]{32}$/.test(accountSid) ? await deps.account(accountSid) : null;
  const signature = request.headers.get('x-twilio-signature');
  if (!account || !(await deps.line.verify({ url: deps.publicUrl + path, form, signature }, account.secret))) {
    throw new Problem(401, 'Not signed by the telephone account.');
  }
  return { account, form };
}
