import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Card, requestId, unwrap } from '../ask.ts';
import { signature } from '../twilio/sign.ts';
import { type Plan, readTwiml } from '../twilio/twiml.ts';
import type { CallFolder } from './folder.ts';

interface Account {
  accountSid: string;
  authToken: string;
  number: string;
}

const PATIENCE_MS = 15_000;
const TICK_MS = 4;

export interface Ringing {
  callId: string;
  callSid: string;
  stream: NonNullable<Plan['stream']>;
}

/** A customer calls; the call is consented to before its first sound. */
export async function ring(publicUrl: string, account: Account, from: string, card: Card): Promise<Ringing> {
  const callSid = `CA${randomBytes(16).toString('hex')}`;
  const form = {
    AccountSid: account.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: callSid,
    CallStatus: 'ringing',
    Called: account.number,
    Caller: from,
    Direction: 'inbound',
    From: from,
    To: account.number,
  };
  const answer = await post(`${publicUrl}/voice/twilio`, form, account.authToken);
  const plan = readTwiml(await answer.text());
  const stream = 'code' in plan ? undefined : plan.stream;
  if (!stream) throw new Error('The product did not ask for the call’s audio.');
  const callId = new URL(stream.url).pathname.split('/').at(-1) ?? '';
  const { consent } = unwrap<{ consent: string }>(
    await card.post(`/v1/calls/${callId}/consent`, { requestId: requestId(), consent: 'granted' }),
  );
  if (consent !== 'granted') throw new Error(`The call stands as ${consent}, not as consented.`);
  return { callId, callSid, stream };
}

/** The call's media socket, with the handshake signed as the network signs it. */
export async function openMedia({ stream }: Ringing, account: Account): Promise<WebSocket> {
  const headers = { 'X-Twilio-Signature': signature(account.authToken, stream.url), 'User-Agent': 'Twilio.TmeWs/1.0' };
  const socket = new WebSocket(stream.url, { headers, handshakeTimeout: PATIENCE_MS });
  await once(socket, 'open');
  socket.on('error', () => socket.terminate());
  return socket;
}

/** Plays the folder's frames at their times; `began` is told the wall time their clock starts at. Answers how late the latest frame was, ms. */
export async function playFrames(
  folder: CallFolder,
  ringing: Ringing,
  account: Account,
  clock: { wallMs(): number; began(at: number): void },
): Promise<number> {
  const socket = await openMedia(ringing, account);
  const began = clock.wallMs();
  clock.began(began);
  const own = { accountSid: account.accountSid, callSid: ringing.callSid };
  let late = 0;
  for (const { t, msg } of folder.frames) {
    while (clock.wallMs() - began < t) await pause(TICK_MS);
    if (socket.readyState !== socket.OPEN) throw new Error('The product closed the call’s audio.');
    late = Math.max(late, clock.wallMs() - began - t);
    socket.send(JSON.stringify(asOurs(msg, own, ringing.stream.parameters)));
  }
  return late;
}

/** The vendor says that the call is over. */
export async function hangUp(publicUrl: string, account: Account, callSid: string, seconds: number): Promise<void> {
  const form = { AccountSid: account.accountSid, CallSid: callSid, CallStatus: 'completed', CallDuration: String(Math.ceil(seconds)) };
  await post(`${publicUrl}/api/calls/webhook`, form, account.authToken);
}

/** A frame as it was recorded, for this account and this call. */
function asOurs(
  msg: Record<string, unknown>,
  own: { accountSid: string; callSid: string },
  customParameters: Record<string, string>,
): object {
  if (msg['event'] === 'start') return { ...msg, start: { ...(msg['start'] as object), ...own, customParameters } };
  if (msg['event'] === 'stop') return { ...msg, stop: { ...(msg['stop'] as object), ...own } };
  return msg;
}

async function post(url: string, form: Record<string, string>, token: string): Promise<Response> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'X-Twilio-Signature': signature(token, url, form), 'User-Agent': 'TwilioProxy/1.1' },
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}.`);
  return answer;
}
