import { setTimeout as pause } from 'node:timers/promises';
import type { NextView } from '../../shared/contracts/view.ts';
import { hubspotCard, requestId, salesforceCard, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import type { Sandbox } from '../start.ts';
import { readCrm } from '../torture/read-crm.ts';
import type { Account } from '../torture/world.ts';
import { signature } from '../twilio/sign.ts';

const patienceMs = 20_000;

/** A telephone call that is running, with the customer's consent. */
export interface RunningCall {
  account: Account;
  /** Settles when the telephone has told that it is over, and was heard. */
  over: Promise<void>;
}

/** The customer calls and agrees. Whatever happens to the Worker meanwhile, the telephone says at the end that it was hung up. */
export async function startCall(sandbox: Sandbox, account: Account): Promise<RunningCall> {
  const { number, authToken, accountSid } = cast.twilio[account.host];
  const line = await sandbox.twilio.placeCall({
    account: cast.twilio[account.host],
    from: cast.customer.phone,
    to: number,
    voiceUrl: `${sandbox.publicUrl}/voice/twilio`,
    speed: sandbox.speed,
  });
  const card = account.host === 'hubspot' ? hubspotCard(sandbox) : salesforceCard(sandbox);
  const callId = await again(async () => {
    const view = unwrap<NextView>(await card.get(`/v1/record/deal/${account.deals[0]}/next`));
    return view.state === 'live' ? view.callId : undefined;
  }, 'the call shows up on the record');
  await again(
    async () => unwrap<object>(await card.post(`/v1/calls/${callId}/consent`, { requestId: requestId(), consent: 'granted' })),
    'the consent is taken',
  );
  // A stream that breaks ends the twin's call; the network's goes on, and its callback comes when somebody hangs up.
  const over = line.done.then(async () => {
    const url = `${sandbox.publicUrl}/api/calls/webhook`;
    const form = { AccountSid: accountSid, CallSid: line.callSid, CallStatus: 'completed', From: cast.customer.phone, To: number };
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature(authToken, url, form) };
    await again(async () => {
      const body = new URLSearchParams(form).toString();
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
      await answer.body?.cancel();
      return answer.ok ? true : undefined;
    }, 'the hang-up is heard');
  });
  return { account, over };
}

/** Activities that stand in the CRM and were not handed over by a dialler, by kind. */
export function liveActivities(sandbox: Sandbox, account: Account): Record<'call' | 'note' | 'task', string[]> {
  const found: Record<'call' | 'note' | 'task', string[]> = { call: [], note: [], task: [] };
  for (const { id, kind, text } of readCrm(sandbox, account).activities) if (!/\b77\d{9}\b/.test(text)) found[kind].push(id);
  return found;
}

/** Asks until there is an answer; a Worker that is being replaced gives none for a moment. */
async function again<T>(ask: () => Promise<T | undefined>, what: string): Promise<T> {
  const endsMs = Date.now() + patienceMs;
  for (;;) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > endsMs) throw new Error(`waited ${patienceMs / 1_000} s in vain until ${what}`);
    await pause(100);
  }
}
