import * as z from 'zod/mini';
import { mayKeep } from '../../shared/capture/consent/consent.ts';
import { recordRef } from '../../shared/contracts/record.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';

/** A call that a dialler or a notetaker heard, handed over with its words. */
const finishedCall = z.object({
  /** The sender's own and stable: the same id twice is the same call. */
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  /** ISO 8601. */
  startedAt: z.iso.datetime({ offset: true }),
  durationMs: z.int().check(z.nonnegative(), z.maximum(24 * 3_600_000)),
  direction: z.enum(['inbound', 'outbound']),
  /** `granted` says that everybody on the call agreed to be recorded; otherwise the call is logged and its words are not kept. */
  consent: z.enum(['granted', 'refused', 'unknown']),
  rep: z.object({
    userId: z.string().check(z.maxLength(40)),
    email: z.string().check(z.maxLength(200)),
    name: z.string().check(z.maxLength(200)),
  }),
  customer: z.object({
    name: z.optional(z.string().check(z.maxLength(200))),
    email: z.optional(z.string().check(z.maxLength(200))),
    phone: z.optional(z.string().check(z.regex(/^\+\d{6,15}$/))),
  }),
  /** The CRM record it belongs to; without it the customer's number is looked up. */
  record: z.optional(recordRef),
  transcript: z
    .array(
      z.object({
        who: z.enum(['rep', 'customer', 'other']),
        speaker: z.optional(z.string().check(z.maxLength(200))),
        text: z.string().check(z.maxLength(20_000)),
        startMs: z.number().check(z.nonnegative()),
        endMs: z.number().check(z.nonnegative()),
      }),
    )
    .check(z.maxLength(5_000)),
});
export type FinishedCall = z.infer<typeof finishedCall>;

/** A request as it came, small enough to keep until it can be looked at. */
export interface Letter {
  source: string;
  id: string;
  timestamp: string;
  signature: string;
  body: string;
}

export interface Sender {
  tenantId: string;
  /** The CRM connection its calls belong to. */
  connectionId: string;
  /** Standard Webhooks: `whsec_…`. */
  secret: string;
}

export interface CallDoorDeps {
  now(): number;
  /** Whose source this is; throws while the database is away. */
  senderOf(source: string): Promise<Sender | null>;
  isSigned(secret: string, letter: Letter, nowMs: number): Promise<boolean>;
  /** Stores the call with its words, once; answers its id. Throws while the database is away. */
  take(sender: Sender, call: FinishedCall, utterances: readonly Utterance[]): Promise<string>;
  /** Keeps the letter until the database is back; false when there is no room. */
  spool(letter: Letter, receivedMs: number): Promise<boolean>;
}

export type Taken = { is: 'taken'; callId: string } | { is: 'forged' } | { is: 'malformed'; why: string };

/** Looks at a letter and stores its call. `receivedMs` is when it came: its signature is as old as it was then. */
export async function takeLetter(deps: Omit<CallDoorDeps, 'spool' | 'now'>, letter: Letter, receivedMs: number): Promise<Taken> {
  const sender = await deps.senderOf(letter.source);
  if (!sender || !(await deps.isSigned(sender.secret, letter, receivedMs))) return { is: 'forged' };
  let call: FinishedCall;
  try {
    call = parseJson(letter.body, finishedCall);
  } catch (error) {
    if (error instanceof Problem) return { is: 'malformed', why: error.message };
    throw error;
  }
  return { is: 'taken', callId: await deps.take(sender, call, wordsOf(call)) };
}

/**
 * `POST /api/calls/webhook?source=`, signed as Standard Webhooks; signed otherwise it is the telephone's and goes on. Durable before the answer, whatever
 * the database does: 200 is stored, 202 is kept until it can be.
 */
export const callDoor = (deps: CallDoorDeps) => (app: RosApp) => {
  app.post('/api/calls/webhook', async (c, next) => {
    if (c.req.header('webhook-signature') === undefined) return next();
    const header = (name: string) => c.req.header(name) ?? '';
    const letter: Letter = {
      source: c.req.query('source') ?? '',
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signature: header('webhook-signature'),
      body: await c.req.text(),
    };
    if (!/^[A-Za-z0-9_-]{8,64}$/.test(letter.source)) throw new Problem(401, 'Sign the call with the source’s key.');
    const receivedMs = deps.now();
    let taken: Taken;
    try {
      taken = await takeLetter(deps, letter, receivedMs);
    } catch {
      if (await deps.spool(letter, receivedMs)) return c.json({ ok: true, value: { kept: true } }, 202);
      throw new Problem(503, 'We cannot take it now. Send it again in a minute.');
    }
    if (taken.is === 'forged') throw new Problem(401, 'This is not signed with the source’s key, or too long ago.');
    if (taken.is === 'malformed') throw new Problem(400, taken.why);
    return c.json({ ok: true, value: { callId: taken.callId } });
  });
};

function wordsOf({ consent, transcript, rep, customer }: FinishedCall): Utterance[] {
  if (!mayKeep(consent)) return [];
  const names = { rep: rep.name, customer: customer.name ?? 'Customer', other: 'Somebody' };
  return transcript.map(({ who, speaker, text, startMs, endMs }, seq) => ({
    seq,
    role: who,
    speaker: speaker ?? names[who],
    text,
    startMs,
    endMs: Math.max(startMs, endMs),
    confidence: 1,
  }));
}
