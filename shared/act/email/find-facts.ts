import type { EmailFact } from '../../contracts/email.ts';
import type { Insight, NextStep, Owner } from '../../contracts/insight.ts';
import type { Evidence, Utterance } from '../../contracts/transcript.ts';
import { plain } from '../../kit/ids.ts';
import { partsIn } from '../../kit/time.ts';
import { harmless } from '../../understand/harmless.ts';
import type { Frame } from './frame.ts';
import { hasLink } from './links.ts';
import { staysWithCall, wordStep } from './word-step.ts';

/** A line of the mail that says something of the call. */
export interface Fact extends EmailFact {
  under: Owner | 'asked' | 'worries';
}

/** Why a point of the call has no place in the mail. */
export interface LeftOut {
  unproven: number;
  links: number;
}

interface Call {
  repName: string;
  customerName: string;
  timeZone: string;
}

const quoteMax = 160;
const quotesMax = 2;

/**
 * What a mail may say of a call: promises with their days, what they asked, what worries them; each with the words that prove it. A
 * hedged step is no promise. `heard` is the transcript, where it is at hand: a quote that does not stand in it proves nothing.
 */
export function findFacts(
  insight: Insight,
  call: Call,
  frame: Frame,
  { isEnglish, heard }: { isEnglish: boolean; heard: readonly Utterance[] | undefined },
): { facts: Fact[]; left: LeftOut } {
  const isProof = proofIn(heard);
  const promised = distinct(insight.nextSteps.filter((step) => !step.hedged));
  const steps = promised.filter(({ evidence }) => isProof(evidence) && evidence.role !== 'other');
  const proven = <T extends { evidence: Evidence }>(claims: readonly T[]) => claims.filter(({ evidence }) => isProof(evidence));
  const asked = quotable(proven(insight.buyingSignals.filter(({ type }) => type === 'purchase_q' || type === 'request')));
  const worries = quotable(proven(insight.objections.filter(({ type }) => type !== 'brushoff')), asked);

  const owners = ['rep', 'both', 'customer'] as const;
  const all: Fact[] = [
    ...owners.flatMap((owner) =>
      steps
        .filter((step) => step.owner === owner)
        .map((step): Fact => {
          const isWorded = isEnglish && staysWithCall(step, insight, call);
          const text = isWorded ? wordStep(step, call, call.timeZone) : quotedStep(step, frame, call.timeZone);
          return { under: owner, text, evidence: step.evidence };
        }),
    ),
    ...asked.map((evidence): Fact => ({ under: 'asked', text: frame.quoted(evidence.quote), evidence })),
    ...worries.map((evidence): Fact => ({ under: 'worries', text: frame.quoted(evidence.quote), evidence })),
  ];
  const facts = all.filter(({ text }) => !hasLink(text) && text.length <= LINE_CHARS);
  return { facts, left: { unproven: promised.length - steps.length, links: all.filter(({ text }) => hasLink(text)).length } };
}

const LINE_CHARS = 320;

/** The promise in the words it was made with, and its day where the call named one. */
function quotedStep({ evidence, dueAt, dueText, owner }: NextStep, frame: Frame, zone: string): string {
  const said = frame.quoted(evidence.quote.trim());
  if (dueAt === undefined || dueText === undefined) return said;
  const { weekday, day, month, hour, minute } = partsIn(Date.parse(dueAt), zone);
  const on = frame.day(frame.weekdays[weekday] ?? '', day, frame.months[month - 1] ?? '');
  if (owner !== 'both') return `${said} (${frame.by(on)})`;
  return `${said} (${HOUR.test(dueText) ? frame.at(on, frame.time(hour, minute)) : on})`;
}

/** An hour that somebody said, in any of our languages: nobody is given one that was only assumed. */
const HOUR =
  /\d{1,2}\s*(?:uhr|uur|heures?|horas?|h\b|:\d{2}|am\b|pm\b|a\.m|p\.m|o['’]clock)|\b(?:at|um|om|à|a las?|às|alle)\s+(?:\d|half|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)/i;

/** Do these words stand where the claim says they were said? */
function proofIn(heard: readonly Utterance[] | undefined): (evidence: Evidence) => boolean {
  const turns = heard && new Map(harmless(heard).map((said) => [said.seq, said]));
  return ({ quote, seq, role }) => {
    if (!/\p{L}/u.test(quote)) return false;
    if (!turns) return true;
    const turn = turns.get(seq);
    return turn !== undefined && turn.role === role && plain(turn.text).includes(plain(quote));
  };
}

/** The customer's own words, short ones, one of a kind. */
function quotable(claims: readonly { type: string; evidence: Evidence }[], taken: readonly Evidence[] = []): Evidence[] {
  const types = new Set<string>();
  return claims
    .filter(({ type, evidence: { role, quote, seq } }) => {
      if (role !== 'customer' || quote.length > quoteMax || types.has(type) || taken.some((other) => other.seq === seq)) return false;
      types.add(type);
      return true;
    })
    .map(({ evidence }) => evidence)
    .slice(0, quotesMax);
}

function distinct(steps: readonly NextStep[]): NextStep[] {
  return [...new Map(steps.map((step) => [`${step.owner} ${plain(step.text)}`, step])).values()];
}
