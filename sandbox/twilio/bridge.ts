import type { Desk } from './desk.ts';
import { ringLeg } from './leg.ts';
import { send } from './send.ts';
import { sid } from './sid.ts';
import type { Account } from './state.ts';
import { openTalk } from './talk.ts';
import { tracksFrom } from './tracks.ts';
import { type Notification, readTwiml } from './twiml.ts';
import { asked as answers, whisper } from './whisper.ts';

interface Asked {
  account: Account;
  sid: string;
  from: string;
  to: string;
  answerUrl: string;
  statusCallback?: string;
  events: readonly string[];
  /** Times real time. */
  speed: number;
}

/**
 * A call that the REST API asked for: rings `to`, does what the answer's TwiML says, and ends when either side hangs up. The phone that was
 * rung first is the inbound track, as on every call: what comes in to the vendor from the leg that runs the TwiML.
 */
export async function runBridge(desk: Desk, asked: Asked): Promise<void> {
  const { account, from, to, speed } = asked;
  const token = account.authToken;
  const told = { events: asked.events, ...(asked.statusCallback ? { statusCallback: asked.statusCallback } : {}) };
  const first = await ringLeg(desk, { account, from, to, token, plan: told, sid: asked.sid });
  if (first.status !== 'answered') return;
  const notifications: Notification[] = [];
  const talk = openTalk(desk, { call: first.call, tracks: tracksFrom(to), speed, token, notifications });
  let isOver = false;
  desk.hangUps.set(first.call.sid, () => {
    isOver = true;
    talk.line.hangUp();
  });
  const end = async (second?: Awaited<ReturnType<typeof ringLeg>>) => {
    talk.line.hangUp();
    await talk.streamed();
    desk.hangUps.delete(first.call.sid);
    await second?.tell('completed');
    await first.tell('completed');
    await talk.close();
  };

  const answer = await send(desk, asked.answerUrl, first.fields(), token);
  const read = 'code' in answer ? answer : readTwiml(answer.text);
  const plan = 'code' in read ? undefined : await answers(desk, read, first, token);
  if (!plan?.dial || isOver) return end();
  // The caller's number is the account's own, or the phone that was rung.
  if (plan.callerId !== undefined && plan.callerId !== account.number && plan.callerId !== to) return end();
  if (plan.stream) await talk.startStream(plan.stream, sid('MZ'));
  const number = plan.number ?? { events: [] };
  const ringing = ringLeg(desk, { account, from: plan.callerId ?? from, to: plan.dial, token, plan: number, parent: first.call.sid });
  const second = await ringing;
  if (second.status !== 'answered' || isOver) return end(second);
  if (number.url !== undefined && !(await whisper(desk, number.url, second, token))) return end(second);
  talk.line.begin();
  await talk.line.over;
  return end(second);
}
