import type { Cited, CustomerAnswer, CustomerMemory } from '../../contracts/memory.ts';
import { sayFullDate } from '../../kit/time.ts';
import { bare } from '../memory/cite.ts';
import { wordsOf } from '../search/words.ts';
import { type AskedKind, kindsAsked } from './kinds-asked.ts';

const SAID_MAX = 5;
/** Words that ask and tell nothing of what for. */
const ASKING = new Set(
  wordsOf('customer company account deal ever talk mention please tell show list give main current currently last time they'),
);

/** What the memory itself can answer, with its proofs; null where the question asks for more than it keeps. */
export function structuredAnswer(question: string, memory: CustomerMemory): CustomerAnswer | null {
  const parts = kindsAsked(question).map((kind) => answers[kind](memory, question));
  const known = parts.filter((part) => part !== null);
  if (known.length === 0 || known.length < parts.length) return null;
  const sources = [...new Map(known.flatMap((part) => part.sources).map((one) => [`${one.callId} ${one.seq} ${one.quote}`, one])).values()];
  return { known: true, answer: known.map(({ text }) => text).join(' '), by: 'memory', sources };
}

type Part = { text: string; sources: Cited[] } | null;

const ofKind =
  (kind: string, lead: string) =>
  (memory: CustomerMemory, question: string): Part => {
    const told = memory.facts.filter((fact) => fact.kind === kind).toSorted((a, b) => (a.last.at < b.last.at ? 1 : -1));
    // "What did Maya promise about the pilot?" wants those of the pilot alone.
    const about = wordsOf(question).filter((word) => !ASKING.has(word));
    const meant = told.filter(({ text, last }) => {
      const said = new Set(wordsOf(`${bare(text)} ${last.quote} ${last.speaker}`));
      return about.some((word) => said.has(word));
    });
    const chosen = (meant.length > 0 ? meant : told).slice(0, SAID_MAX);
    if (chosen.length === 0) return null;
    const differs = memory.contradictions.find(({ about: what }) => what.toLowerCase() === lead.toLowerCase());
    const text = `${lead}: ${chosen.map((fact) => bare(fact.text)).join('; ')}.`;
    return { text: differs ? `${text} They said it differently before: ${differs.text}.` : text, sources: chosen.map((fact) => fact.last) };
  };

const answers: Record<AskedKind, (memory: CustomerMemory, question: string) => Part> = {
  budget: ofKind('budget', 'Budget'),
  timeline: ofKind('timeline', 'Time'),
  decider: ofKind('decider', 'Who decides'),
  person: ofKind('person', 'People'),
  pain: ofKind('pain', 'What troubles them'),
  goal: ofKind('goal', 'What they want'),
  objection: ofKind('objection', 'What they have against it'),
  competitor: ofKind('competitor', 'Whom they compare us with'),
  promise: ofKind('promise', 'What was promised'),
  last: ({ lastTouched, timeline }) => {
    if (lastTouched === null) return null;
    const call = timeline.items.find(({ callId }) => callId !== null);
    return { text: `The last talk was on ${sayFullDate(lastTouched, 'UTC')}${call?.text ? `: ${call.text}` : ''}.`, sources: [] };
  },
  mood: ({ sentiment, sentimentTrend }) =>
    sentiment === null ? null : { text: `The mood is ${sentiment}. ${sentimentTrend ? `${sentimentTrend.why}.` : ''}`.trim(), sources: [] },
  next: ({ recommendedNextStep }) =>
    recommendedNextStep === null
      ? null
      : { text: `${recommendedNextStep.context}.`, sources: recommendedNextStep.because ? [recommendedNextStep.because] : [] },
};
