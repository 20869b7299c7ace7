import type { Desk } from './desk.ts';
import type { ringLeg } from './leg.ts';
import { send } from './send.ts';
import { type Plan, readTwiml } from './twiml.ts';

type Leg = Awaited<ReturnType<typeof ringLeg>>;

/** What a TwiML document is worth to whoever picked up: asked for a key, a person presses 1 and a voicemail none. Undefined: hung up on. */
export async function asked(desk: Desk, plan: Plan, leg: Leg, token: string): Promise<Plan | undefined> {
  if (!plan.gather) return plan.isHangup ? undefined : plan;
  if (!leg.isPerson) return plan.isHangup ? undefined : plan;
  const answer = await send(desk, plan.gather.action, { ...leg.fields(), Digits: '1', msg: 'Gather End', FinishedOnKey: '' }, token);
  const next = 'code' in answer ? answer : readTwiml(answer.text);
  return 'code' in next || next.isHangup ? undefined : next;
}

/** What is said to who was dialled, before the two are connected. No `Dial` may stand in it. False: they are not connected. */
export async function whisper(desk: Desk, url: string, leg: Leg, token: string): Promise<boolean> {
  const answer = await send(desk, url, leg.fields(), token);
  const plan = 'code' in answer ? answer : readTwiml(answer.text);
  // Without a document that can be read the vendor connects the two all the same.
  if ('code' in plan) return true;
  return (await asked(desk, plan, leg, token)) !== undefined;
}
