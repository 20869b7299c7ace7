import type { Metrics } from '../../contracts/metrics.ts';
import type { Utterance } from '../../contracts/transcript.ts';
import { type Run, runsOf } from './runs.ts';
import { fillersIn, isBackChannel, questionsIn, wordsIn } from './speech.ts';
import { lengthOf, overlapOf, union } from './stretches.ts';
import { type Timing, timingOf } from './timing.ts';

/** Beyond the contract's own: what a team's page needs to compare calls of different length. */
export interface CallMetrics extends Metrics {
  /** Rep speech over the whole call, silence counted. */
  talkShareOfDuration?: number;
  questionsPer30Minutes?: number;
  interruptionsPer10Minutes?: number;
  fillersPerMinuteCustomer?: number;
}

/**
 * How a call went as a conversation. What the times, the roles or the length of the call do not permit is absent. `timing` says more of the
 * recording than the times show: two tracks on which nobody ever spoke at once.
 */
export function measure(utterances: readonly Utterance[], timing: Timing = timingOf(utterances)): CallMetrics {
  const spoken = utterances.filter((one) => one.text.trim() !== '');
  const rep = spoken.filter((one) => one.role === 'rep');
  const customer = spoken.filter((one) => one.role === 'customer');
  const asked = rep.map((one) => questionsIn(one.text));
  const questions = sum(asked.map((one) => one.asked));
  const found: CallMetrics = {};
  if (rep.length > 0) {
    found.questions = questions;
    if (questions > 0) found.openQuestionShare = share(sum(asked.map((one) => one.open)), questions);
  }
  // Whose words a good part of the call were is not known: nothing that compares the sides holds.
  const unknown = spoken.length - rep.length - customer.length;
  if (timing === 'none' || unknown > spoken.length * UNKNOWN_SHARE_MAX) return found;

  const inOrder = spoken.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const startMs = inOrder[0]?.startMs ?? 0;
  const durationMs = inOrder.reduce((last, one) => Math.max(last, one.endMs), 0) - startMs;
  if (durationMs < DURATION_MIN_MS) return found;
  const [repSpeech, customerSpeech] = [union(rep), union(customer)];
  const [repMs, customerMs] = [lengthOf(repSpeech), lengthOf(customerSpeech)];
  const runs = runsOf(inOrder);
  const longest = (role: 'rep' | 'customer'): number =>
    runs.reduce((most, run) => (run.role === role ? Math.max(most, run.endMs - run.startMs) : most), 0);

  if (rep.length > 0) {
    found.longestMonologueMs = longest('rep');
    found.questionsPer30Minutes = tenth((questions * 1_800_000) / durationMs);
  }
  if (customer.length > 0) found.longestStoryMs = longest('customer');
  if (rep.length > 0 && customer.length > 0) {
    found.talkRatio = share(repMs, repMs + customerMs);
    const switches = runs.filter((run, at) => at > 0 && runs[at - 1]?.role !== run.role).length;
    found.interactivity = tenth((switches * 60_000) / durationMs);
  }
  // Ends that were filled in hold the silence as well: shares and rates of speech would be made up.
  if (timing === 'starts') return found;
  const repPace = paceOf(rep, repMs);
  const customerPace = paceOf(customer, customerMs);
  if (rep.length > 0) found.talkShareOfDuration = share(repMs, durationMs);
  if (repPace) {
    found.wpmRep = repPace.words;
    found.fillersPerMinute = repPace.fillers;
  }
  if (customerPace) {
    found.wpmCustomer = customerPace.words;
    found.fillersPerMinuteCustomer = customerPace.fillers;
  }
  found.silenceShare = share(durationMs - lengthOf(union(spoken)), durationMs);
  if (rep.length === 0 || customer.length === 0) return found;
  const waits = waitsOf(runs);
  if (waits.length > 0) found.patienceMs = median(waits);
  if (timing === 'tracks') {
    found.interruptions = interruptionsIn(inOrder);
    found.interruptionsPer10Minutes = tenth((found.interruptions * 600_000) / durationMs);
    found.overtalkShare = share(overlapOf(repSpeech, customerSpeech), durationMs);
  }
  return found;
}

/** Words and fillers a minute of speech; of less than a second nothing can be said. */
function paceOf(mine: readonly Utterance[], speechMs: number): { words: number; fillers: number } | undefined {
  if (speechMs < 1_000) return undefined;
  const rate = (count: number): number => (count * 60_000) / speechMs;
  return {
    words: Math.round(rate(sum(mine.map((one) => wordsIn(one.text).length)))),
    fillers: tenth(rate(sum(mine.map((one) => fillersIn(one.text))))),
  };
}

/** How long the rep waited each time the customer had stopped; where they spoke over each other nobody waited. */
const waitsOf = (runs: readonly Run[]): number[] =>
  runs.flatMap((run, at) => {
    const before = runs[at - 1];
    return run.role === 'rep' && before?.role === 'customer' && run.startMs >= before.endMs ? [run.startMs - before.endMs] : [];
  });

/** The rep began while the customer had a second or more to go, and spoke on for at least three tenths of it; listening noises are none. */
function interruptionsIn(inOrder: readonly Utterance[]): number {
  let count = 0;
  let customerEndMs = 0;
  for (const one of inOrder) {
    if (one.role === 'other' || isBackChannel(one.text)) continue;
    if (one.role === 'customer') customerEndMs = Math.max(customerEndMs, one.endMs);
    else if (customerEndMs - one.startMs >= 1_000 && Math.min(one.endMs, customerEndMs) - one.startMs >= 300) count++;
  }
  return count;
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Math.round(((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half) - 1] ?? 0)) / 2);
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.round((part / whole) * 1_000) / 1_000);
const tenth = (value: number): number => Math.round(value * 10) / 10;

const UNKNOWN_SHARE_MAX = 0.2;
const DURATION_MIN_MS = 1_000;
