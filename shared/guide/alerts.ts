import type { Hearing } from '../contracts/guidance.ts';
import type { LiveAlert } from '../contracts/team.ts';
import { sayings } from '../understand/said.ts';
import { sentimentOf } from '../understand/sentiment.ts';
import { monologueMs } from './moments/floor.ts';
import type { Session } from './session.ts';

/** Compliance that the rep has not touched for so long. */
const UNANSWERED_MS = 20_000;
/** As long as the live-guidance defaults let one side hold the floor. */
const MONOLOGUE_MS = 120_000;
const SILENT_MS = 120_000;
/** A moment that has passed wants nobody any more. */
const LATELY_MS = 60_000;
/** About two dark words and no good one: one alone is said in every discovery. */
const NEGATIVE = 0.2;

/**
 * What on a running call may want a second person, the most pressing first. Sentences of ours alone: no word that was said is in them.
 * `nowMs`: call time, which goes on while nobody speaks.
 */
export function alertsOf(session: Session, { nowMs, hearing }: { nowMs: number; hearing: Hearing }): LiveAlert[] {
  if (session.ended) return [];
  const now = Math.max(nowMs, session.nowMs);
  return [
    ...unanswered(session, now),
    ...negative(session, now),
    ...silent(session, now, hearing),
    ...monologue(session, now),
    ...came(session, now),
    ...unheard(hearing),
  ];
}

/** One at most: the oldest that still waits. */
function unanswered({ shown, owed }: Session, now: number): LiveAlert[] {
  const open = shown.find(
    ({ card, state, isTouched, isActedOn, atMs }) =>
      card.kind === 'compliance' && state !== 'retracted' && !isTouched && !isActedOn && now - atMs >= UNANSWERED_MS,
  );
  if (open) return [{ kind: 'compliance', said: `“${open.card.headline}” has to be dealt with, and is not yet.`, sinceMs: open.atMs }];
  const [first] = owed;
  return first && now - first.sinceMs >= UNANSWERED_MS
    ? [{ kind: 'compliance', said: `“${first.card.headline}” has to be shown, and found no place yet.`, sinceMs: first.sinceMs }]
    : [];
}

function negative({ turns: { customer } }: Session, now: number): LiveAlert[] {
  if (!customer?.final || now - customer.endMs > LATELY_MS) return [];
  const { text, index: seq, startMs, endMs } = customer;
  const said = sayings([{ seq, role: 'customer', speaker: '', text, startMs, endMs, confidence: 1 }]);
  return sentimentOf(said) <= NEGATIVE ? [{ kind: 'negative', said: 'The customer’s last words sound unhappy.', sinceMs: startMs }] : [];
}

/** Only where they would be heard: a call that nobody listens to is silent on both sides. */
function silent({ consent, consentAtMs, heardToMs, turns: { customer } }: Session, now: number, hearing: Hearing): LiveAlert[] {
  if (consent !== 'granted' || hearing !== 'listening') return [];
  const sinceMs = Math.max(consentAtMs ?? 0, heardToMs.customer, customer?.endMs ?? 0);
  return now - sinceMs >= SILENT_MS
    ? [{ kind: 'customer-silent', said: `The customer has said nothing for ${minutes(now - sinceMs)}.`, sinceMs }]
    : [];
}

function monologue({ moments }: Session, now: number): LiveAlert[] {
  const spokenMs = moments ? monologueMs(moments, now) : 0;
  return moments?.floor && spokenMs >= MONOLOGUE_MS
    ? [{ kind: 'monologue', said: `The rep has held the floor for ${minutes(spokenMs)}.`, sinceMs: moments.floor.sinceMs }]
    : [];
}

/** Price and competitors, each once: what came last. */
function came({ offered }: Session, now: number): LiveAlert[] {
  return (['price', 'competitor'] as const).flatMap((kind) => {
    const last = offered.findLast((one) => one.topic === kind && now - one.atMs <= LATELY_MS);
    return last ? [{ kind, said: `${subjects[kind]} came up: ${last.rule}.`, sinceMs: last.atMs }] : [];
  });
}

const subjects = { price: 'The price', competitor: 'A competitor' };

function unheard(hearing: Hearing): LiveAlert[] {
  if (hearing === 'listening') return [];
  return [
    {
      kind: 'behind',
      said: hearing === 'behind' ? 'Words come late: cards are behind the talk.' : 'Speech recognition is away for a moment.',
    },
  ];
}

/** "2:10 minutes" */
function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} minutes`;
}
