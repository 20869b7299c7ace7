import type { CallAnswer } from '../../contracts/ask-call.ts';
import type { Evidence, Role, Utterance } from '../../contracts/transcript.ts';
import { plain } from '../../kit/ids.ts';
import { clock } from '../../kit/time.ts';
import { stemOf } from '../../understand/heads/stem.ts';
import { evidenceOf } from '../../understand/said.ts';
import type { Claims } from '../deal/deal-heard.ts';
import { plainWords } from '../tokens.ts';
import { rankTurns, stemsOf } from './rank-turns.ts';
import { type Hit, topics } from './topics.ts';

/** One call and nothing else: what was said on it, in order, and what its analysis has found so far. */
export interface CallSaid {
  said: readonly Utterance[];
  claims: Claims;
}

/**
 * What the call's own words answer, without a model: first what its analysis knows (price, rivals, promises, people, dates, questions),
 * then the sentences that speak of what was asked. The question is only ever compared with words; it can ask nothing else of us.
 */
export function answerCall({ said, claims }: CallSaid, question: string): CallAnswer {
  if (said.length === 0) return unknown('Nothing was said on this call yet.');
  const asked = ` ${plain(question)} `;
  const whose = whoseOf(asked);
  const topic = topics.find(({ asks }) => asks.test(asked));
  const held = topic?.of(claims);
  if (topic && held) {
    const theirs = held.filter((hit) => !whose || hit.who === 'both' || (hit.who ?? hit.evidence.role) === whose);
    const wanted = /\b(?:not|un)\s?(?:yet )?answer/.test(asked) ? theirs.filter((hit) => hit.label === 'not answered') : theirs;
    // Of "what did they say of the price for onboarding", "onboarding" says which of all words on price.
    const narrow = stemsOf(asked.replace(new RegExp(topic.asks, 'g'), ' '));
    const near =
      narrow.length === 0 ? wanted : wanted.filter(({ evidence, label }) => speaksOf(`${evidence.quote} ${label ?? ''}`, narrow));
    if (near.length > 0) return told(topic.lead, near, topic.as);
    if (wanted.length > 0 && searched(said, narrow, whose).length === 0) return told(topic.lead, wanted, topic.as);
    if (narrow.length === 0) return unknown(topic.none);
  }
  if (FIGURES.test(asked)) {
    const figures = searched(
      said.filter(({ text }) => FIGURE.test(text)),
      stemsOf(asked.replace(FIGURES, ' ')),
      whose,
    );
    const some =
      figures.length > 0
        ? figures
        : said
            .filter(({ text, role }) => FIGURE.test(text) && (!whose || role === whose))
            .slice(-SOURCES_MAX)
            .map(wholeTurn);
    if (some.length > 0)
      return told(
        'Figures that were said',
        some.map((evidence) => ({ evidence })),
        'list',
      );
  }
  const found = searched(said, stemsOf(asked), whose);
  if (found.length > 0)
    return told(
      'It came up',
      found.map((evidence) => ({ evidence })),
      'last',
    );
  return unknown(topic && held ? topic.none : 'Nothing that was said on this call answers that.');
}

/** Whose words are asked for: "what did they promise", "did I mention"; undefined for anybody's. */
function whoseOf(asked: string): Role | undefined {
  const doer =
    /\b(?:did|do|does|have|has|had|will|should|must|could|can|would|is|are|were|was) (i|we|they|he|she|the (?:customer|client|prospect|buyer))\b/.exec(
      asked,
    )?.[1];
  if (doer) return doer === 'i' || doer === 'we' ? 'rep' : 'customer';
  if (/\b(?:their|his|her|customer s|the customer)\b/.test(asked)) return 'customer';
  return /\b(?:my|our)\b/.test(asked) ? 'rep' : undefined;
}

const speaksOf = (text: string, stems: readonly string[]): boolean => {
  const held = new Set(plainWords(text).map(stemOf));
  return stems.some((stem) => held.has(stem));
};

function searched(said: readonly Utterance[], stems: readonly string[], whose: Role | undefined): Evidence[] {
  const ranked = rankTurns(said, stems);
  // Whoever said it: asked for one side's words, the other side's help only where there are no others.
  const mine = whose ? ranked.filter(({ utterance }) => utterance.role === whose) : ranked;
  return (mine.length > 0 ? mine : ranked)
    .slice(0, SOURCES_MAX)
    .map(({ utterance, text, start }) => evidenceOf(utterance, start, start + text.length));
}

const wholeTurn = (utterance: Utterance): Evidence => evidenceOf(utterance, 0, utterance.text.length);

function told(lead: string, hits: readonly Hit[], as: 'list' | 'last'): CallAnswer {
  const kept = once(hits).slice(-SOURCES_MAX);
  const last = kept.at(-1);
  if (!last) return unknown('Nothing that was said on this call answers that.');
  const times = hits.length === 1 ? 'once' : `${hits.length} times`;
  const answer =
    as === 'last'
      ? `${lead}${lead.endsWith('up') ? ` ${times}` : ''}. ${hits.length > 1 ? 'The last word, at' : 'At'} ${clock(last.evidence.startMs)} ${last.evidence.speaker}: “${short(last.evidence.quote)}”`
      : `${lead}: ${kept.map(({ evidence, label }) => `${label && label !== 'not answered' ? label : `“${short(evidence.quote)}”`} (${clock(evidence.startMs)})`).join('; ')}.`;
  return {
    answer: answer.slice(0, ANSWER_MAX),
    isKnown: true,
    sources: kept.map(({ evidence }) => sourceOf(evidence)),
    by: 'rules',
  };
}

/** Each sentence once, in the order in which they were said. */
function once(hits: readonly Hit[]): Hit[] {
  const held = new Map(hits.map((hit) => [`${hit.evidence.seq} ${hit.evidence.quote} ${hit.label ?? ''}`, hit]));
  return [...held.values()].sort((a, b) => a.evidence.startMs - b.evidence.startMs);
}

/** Proof as an answer shows it. */
export const sourceOf = ({ startMs, speaker, role, quote }: Evidence): CallAnswer['sources'][number] => ({
  atMs: startMs,
  speaker,
  role,
  quote,
});

const unknown = (answer: string): CallAnswer => ({ answer, isKnown: false, sources: [], by: 'rules' });
const short = (quote: string): string => (quote.length <= QUOTE_MAX ? quote : `${quote.slice(0, quote.lastIndexOf(' ', QUOTE_MAX))} …`);

const SOURCES_MAX = 5;
const ANSWER_MAX = 900;
const QUOTE_MAX = 140;
const FIGURES = /\b(?:numbers?|figures?|how many|how much time|percent|percentage|amounts?|statistics|metrics?)\b/;
const FIGURE =
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|dozen|percent)\b/i;
