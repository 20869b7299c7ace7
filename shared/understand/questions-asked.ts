import type { Question } from '../contracts/need.ts';
import { evidenceOf, type Said } from './said.ts';

/** Every real question of either side, in order, and whether the other side answered it before it changed hands twice. */
export function questionsAsked(said: readonly Said[]): Question[] {
  const asked = said.map((one, at) => ({ one, at })).filter(({ one }) => isReal(one));
  return asked.slice(0, QUESTIONS_MAX).map(({ one, at }) => {
    const reply = replyTo(said, at);
    const words = reply.find((it) => isAnswer(it)) ?? reply.find((it) => DEFERS.test(it.lean));
    return {
      isOpen: OPEN.test(one.lean),
      isAnswered: words !== undefined && !reply.some((it) => DEFERS.test(it.lean)),
      evidence: proof(one),
      ...(words ? { answer: proof(words) } : {}),
    };
  });
}

/** What the other side said next, up to where the asker spoke again after it; bounded. */
function replyTo(said: readonly Said[], at: number): Said[] {
  const asker = sideOf(said[at]);
  const reply: Said[] = [];
  for (let next = at + 1; next < Math.min(said.length, at + LOOK_MAX); next++) {
    const one = said[next];
    if (!one) break;
    if (sideOf(one) !== asker) reply.push(one);
    else if (reply.some((it) => isAnswer(it) || DEFERS.test(it.lean))) break;
  }
  return reply;
}

const sideOf = (one: Said | undefined): string => (one?.utterance.role === 'rep' ? 'rep' : 'customer');
const proof = (one: Said) => evidenceOf(one.utterance, one.start, one.end);

const isReal = (one: Said): boolean => one.isQuestion && one.lean.split(' ').length >= 3 && !COURTESY.test(one.lean);

/** A statement with something in it, or a plain yes or no. */
const isAnswer = (one: Said): boolean =>
  !one.isQuestion && !DEFERS.test(one.lean) && !PRAISES.test(one.lean) && (PLAIN.test(one.full) || one.lean.split(' ').length >= 3);

const QUESTIONS_MAX = 200;
const LOOK_MAX = 24;
const OPEN = /\b(?:what|how(?! (?:are you|is it going))|why|which|who|where|when|tell me|walk me|describe|talk me through)\b/;
const COURTESY =
  /^(?:(?:and|so|hey|hi|hello|okay|well|[a-z]+) ){0,2}(?:how are (?:you|things)|how is (?:it going|your (?:day|week))|can you (?:hear|see) (?:me|my)|do you hear me|is now a good time|does that make sense|make sense|you know what i mean|are you there|how was your (?:day|week|weekend)|what is up|is that (?:right|okay|fair)|am i right|right|okay|you there)\b/;
const PLAIN =
  /^(?:(?:oh|well|um|uh|so) )*(?:yes|no|sure|correct|exactly|absolutely|definitely|it is|it does|we do|we can|not yet|never|of course)\b/;
const PRAISES = /^(?:(?:that is|this is|it is) )?(?:a )?(?:great|good|fair|excellent|tough|interesting) (?:question|point)$/;
const DEFERS =
  /\b(?:get back to you|circle back|come back to (?:you|that)|follow up (?:on|with) (?:that|you)|let me (?:check|find out|ask|look into|confirm|see)|(?:will|have to|need to|would have to|going to) (?:check|find out|ask|look into|confirm|look it up)(?! you)|(?:do not|am not) (?:know|sure|certain|have (?:that|the) (?:answer|number|figure)s?)|not sure (?:about that|off|actually)?|off the top of my head|good question for|would not know|can not say|hard to say|no idea|cover that later|get to that)\b/;
