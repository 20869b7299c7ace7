import type { ConversationView } from '../../shared/contracts/view.ts';
import { cast } from '../cast.ts';
import { conversationOf, until } from '../play-call.ts';
import { signed } from '../torture/calls.ts';
import type { Deal, Side } from './side.ts';

export interface Said {
  /** The sender's own id of the call; a new one unless given. */
  id?: string;
  /** Milliseconds since 1970; ten minutes ago unless given. */
  startedMs?: number;
  /** What the customer says after the rep's promise; a yes unless given. */
  answer?: string;
  /** Where it belongs; the deal unless given. */
  record?: { object: 'deal' | 'lead'; id: string };
}

export const customerName = 'Ida Solberg';
export const durationMs = 60_000;
let handed = 0;

/** A call that a dialler has heard, ready to be handed over, as often as one likes. The rep promises a quote that carries its mark. */
export function callOn(side: Side, deal: Deal, said: Said = {}): { mark: string; send(): Promise<string> } {
  const n = ++handed;
  const mark = `88${String(n).padStart(4, '0')}`;
  const turns: ['rep' | 'customer', string][] = [
    ['rep', 'Thanks for making the time today. How is the rollout going on your side?'],
    ['customer', 'We like what we saw so far, and the team is happy with the trial.'],
    ['rep', `Good to hear. I will send you quote ${mark} by Friday.`],
    ['customer', said.answer ?? 'Sounds good, we want to go ahead.'],
  ];
  const body = JSON.stringify({
    id: said.id ?? `${side.host}-call-${n}`,
    startedAt: new Date(said.startedMs ?? Date.now() - 600_000).toISOString(),
    durationMs,
    direction: 'outbound',
    consent: 'granted',
    rep: { userId: side.repId, email: cast.rep.email, name: cast.rep.name },
    customer: { name: customerName, email: deal.email },
    record: said.record ?? { object: 'deal', id: deal.id },
    transcript: turns.map(([who, text], at) => ({ who, text, startMs: at * 4_000, endMs: at * 4_000 + 3_500 })),
  });
  return {
    mark,
    async send() {
      const { url, secret } = side.source;
      const headers = signed(secret, body, Date.now());
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
      const taken = (await answer.json()) as { value?: { callId?: string } };
      if (!taken.value?.callId) throw new Error(`The call was not taken: ${answer.status}`);
      return taken.value.callId;
    },
  };
}

/** The call as the rep reads it, once all that is automatic has been written or has stopped. */
export const settled = (side: Side, callId: string): Promise<ConversationView> =>
  until(
    async () => {
      const view = await conversationOf(side.card, callId);
      const isMoving = view.changes.some(({ state }) => state === 'due' || state === 'writing');
      return view.call.status === 'understood' && !isMoving ? view : undefined;
    },
    `call ${callId} is written`,
    100,
  );
