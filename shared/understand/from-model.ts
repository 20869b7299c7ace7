import * as z from 'zod/mini';
import { buyingType, type Insight, intent, objectionType, owner } from '../contracts/insight.ts';
import type { Role, Utterance } from '../contracts/transcript.ts';
import { cleanLine } from './clean-line.ts';
import { dueAt } from './due.ts';
import { dueText } from './due-text.ts';
import { numbersHold } from './summarise.ts';
import { indexTranscript, type TranscriptIndex, verifyIn } from './verify-quote.ts';

/**
 * A model's answer over the rules' insight. A claim stays only if its quote verifies, by the right side; the transcript's span is kept,
 * the model's words about it are cleaned. Nothing usable gives the fallback back. Never throws.
 * `when` resolves due dates; without it only the words are kept.
 */
export function fromModel(
  value: unknown,
  utterances: readonly Utterance[],
  fallback: Insight,
  when?: { startedAt: string; timeZone: string; model: string },
): Insight {
  const answer = shape.safeParse(value);
  if (!answer.success) return fallback;
  const index = indexTranscript(utterances);
  const said = answer.data;

  const bullets = keep(said.bullets, bullet, (one) => {
    const proof = prove(index, one);
    const text = cleanLine(one.text, BULLET_MAX);
    return proof && text && holds(text, proof.evidence.quote, fallback) ? { text, evidence: proof.evidence } : undefined;
  }).slice(0, 5);
  const objections = keep(said.objections, objection, (one) => {
    const proof = prove(index, one, 'customer');
    return proof && { type: one.type, confidence: proof.sure ? 0.9 : 0.7, evidence: proof.evidence };
  });
  const buyingSignals = keep(said.buyingSignals, signal, (one) => {
    const proof = prove(index, one, 'customer');
    // A signal under a condition is one no longer.
    return proof?.sure ? { type: one.type, confidence: 0.9, evidence: proof.evidence } : undefined;
  });
  const competitors = keep(said.competitors, rival, (one) => {
    const proof = prove(index, one);
    const name = cleanLine(one.name, 60);
    return proof && name && proof.evidence.quote.toLowerCase().includes(name.toLowerCase())
      ? { name, confidence: 0.9, evidence: proof.evidence }
      : undefined;
  });
  const pricing = keep(said.pricing, plain, (one) => {
    const proof = prove(index, one);
    return proof && { confidence: 0.9, evidence: proof.evidence };
  });
  const nextSteps = keep(said.nextSteps, step, (one) => {
    const proof = prove(index, one);
    const text = cleanLine(one.text, 110);
    if (!proof || !text || !numbersHold(text, proof.evidence.quote)) return undefined;
    const { quote, role } = proof.evidence;
    const due = one.dueText && quote.includes(one.dueText) ? one.dueText : dueText(quote)?.text;
    const at = due && when ? dueAt(due, when.startedAt, when.timeZone) : undefined;
    // Somebody's promise for somebody else is a wish until that person agrees.
    const foreign = one.owner !== 'both' && role !== one.owner;
    return {
      text,
      owner: one.owner,
      ...(due ? { dueText: due } : {}),
      ...(at ? { dueAt: at } : {}),
      hedged: !proof.sure || foreign,
      confidence: proof.sure && !foreign ? 0.9 : 0.7,
      evidence: proof.evidence,
    };
  });

  const head = headline.safeParse(said.headline);
  const proof = head.success ? prove(index, head.data) : undefined;
  const line = head.success && proof ? cleanLine(head.data.text, 120) : '';
  const aim = intent.safeParse(said.intent);
  const found = bullets.length + objections.length + buyingSignals.length + competitors.length + pricing.length + nextSteps.length;
  if (found === 0) return fallback;
  return {
    ...fallback,
    analyzer: when ? `${cleanLine(when.model, 80)}+${fallback.analyzer}` : `model+${fallback.analyzer}`,
    intent: aim.success ? aim.data : fallback.intent,
    headline: line && proof && holds(line, proof.evidence.quote, fallback) ? line : fallback.headline,
    bullets: bullets.length > 0 ? bullets : fallback.bullets,
    objections: over(objections, fallback.objections, (a, b) => a.type === b.type && a.evidence.seq === b.evidence.seq),
    buyingSignals: over(buyingSignals, fallback.buyingSignals, (a, b) => a.type === b.type && a.evidence.seq === b.evidence.seq),
    competitors: over(competitors, fallback.competitors, (a, b) => a.name.toLowerCase() === b.name.toLowerCase()),
    pricing: over(pricing, fallback.pricing, (a, b) => a.evidence.seq === b.evidence.seq),
    nextSteps: over(nextSteps, fallback.nextSteps, (a, b) => a.owner === b.owner && a.evidence.seq === b.evidence.seq),
  };
}

/** The model's first, then what the rules alone saw; in the order of the call. */
function over<T extends { evidence: { startMs: number } }>(first: readonly T[], rules: readonly T[], same: (a: T, b: T) => boolean): T[] {
  const unique = first.filter((one, at) => first.findIndex((held) => same(held, one)) === at);
  return [...unique, ...rules.filter((one) => !unique.some((held) => same(held, one)))].toSorted(
    (a, b) => a.evidence.startMs - b.evidence.startMs,
  );
}

function prove(index: TranscriptIndex, claim: { quote: string; turn?: number | undefined }, role?: Role) {
  const verdict = verifyIn(index, {
    quote: claim.quote,
    ...(role ? { role } : {}),
    ...(claim.turn === undefined ? {} : { seq: claim.turn }),
  });
  if (!verdict.ok || (verdict.evidence.quote.match(/\S+/g)?.length ?? 0) > 40) return undefined;
  return { evidence: verdict.evidence, sure: verdict.caution.length === 0 };
}

/** Our own words about a quote bring in no figure and no name that the quote, or a proved claim, does not hold. */
function holds(text: string, quote: string, fallback: Insight): boolean {
  const known =
    `${quote} ${fallback.headline} ${fallback.bullets.map((one) => one.text).join(' ')} ${fallback.bullets.map((one) => one.evidence.speaker).join(' ')}`.toLowerCase();
  const names = [...text.matchAll(/(?<=[\p{L}\p{N},;)] )\p{Lu}[\p{L}\p{N}]+/gu)].map((hit) => hit[0].toLowerCase());
  return numbersHold(text, quote) && names.every((name) => known.includes(name));
}

/** Reads a list item by item, so that one malformed claim costs only itself. */
function keep<S extends z.ZodMiniType, T>(list: readonly unknown[] | undefined, one: S, read: (item: z.output<S>) => T | undefined): T[] {
  return (list ?? []).slice(0, CLAIMS_MAX).flatMap((item) => {
    const parsed = one.safeParse(item);
    const kept = parsed.success ? read(parsed.data) : undefined;
    return kept === undefined ? [] : [kept];
  });
}

const CLAIMS_MAX = 200;
const BULLET_MAX = 160;
const quoted = { quote: z.string(), turn: z.optional(z.number()) };
const headline = z.object({ text: z.string(), ...quoted });
const bullet = z.object({ text: z.string(), ...quoted });
const objection = z.object({ type: objectionType, ...quoted });
const signal = z.object({ type: buyingType, ...quoted });
const rival = z.object({ name: z.string(), ...quoted });
const plain = z.object(quoted);
const step = z.object({ text: z.string(), owner, dueText: z.optional(z.string()), ...quoted });
const claims = z.optional(z.array(z.unknown()));
const shape = z.object({
  intent: z.optional(z.unknown()),
  headline: z.optional(z.unknown()),
  bullets: claims,
  objections: claims,
  nextSteps: claims,
  buyingSignals: claims,
  competitors: claims,
  pricing: claims,
});
