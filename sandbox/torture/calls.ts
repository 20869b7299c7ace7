import { createHmac, randomUUID } from 'node:crypto';
import { cast } from '../cast.ts';
import type { Account } from './world.ts';

/** A call to hand over. Its mark is said on it and stands in everything that the CRM gets of it, and nowhere else. */
export interface Call {
  id: string;
  account: Account;
  dealId: string;
  /** Place among all calls of its deal. */
  place: number;
  mark: string;
  body: string;
}

/** `count` calls, spread over all accounts and their deals, in the order in which each deal has them. */
export function makeCalls(accounts: readonly Account[], count: number, startMs: number): Call[] {
  return Array.from({ length: count }, (_, n) => {
    const account = accounts[n % accounts.length] as Account;
    const round = Math.floor(n / accounts.length);
    const dealId = account.deals[round % account.deals.length] as string;
    const place = Math.floor(round / account.deals.length);
    const mark = `77${String(account.n).padStart(3, '0')}${String(round).padStart(6, '0')}`;
    return { id: `call-${n}`, account, dealId, place, mark, body: bodyOf(n, account, dealId, mark, startMs + place * 60_000) };
  });
}

function bodyOf(n: number, { host }: Account, dealId: string, mark: string, startedMs: number): string {
  const userId = host === 'hubspot' ? String(cast.hubspot.rep.userId) : cast.salesforce.rep.userId;
  const turns: ['rep' | 'customer', string][] = [
    ['rep', 'Thanks for making the time today. How is the rollout going on your side?'],
    ['customer', 'We like what we saw so far, and the team is happy with the trial.'],
    ['rep', `Good to hear. I will send you quote ${mark} by Friday.`],
    // Half of them move their deal on.
    ['customer', n % 2 === 0 ? 'Sounds good, we want to go ahead.' : 'Fine, we will look at it together next week.'],
  ];
  return JSON.stringify({
    id: `call-${n}`,
    startedAt: new Date(startedMs).toISOString(),
    durationMs: 60_000,
    direction: 'outbound',
    consent: 'granted',
    rep: { userId, email: cast.rep.email, name: cast.rep.name },
    customer: { name: cast.customer.name, email: cast.customer.email },
    record: { object: 'deal', id: dealId },
    transcript: turns.map(([who, text], at) => ({ who, text, startMs: at * 4_000, endMs: at * 4_000 + 3_500 })),
  });
}

/** A signed request as Standard Webhooks has it. */
export function signed(secret: string, body: string, nowMs: number): Record<string, string> {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(nowMs / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}`, 'content-type': 'application/json' };
}
