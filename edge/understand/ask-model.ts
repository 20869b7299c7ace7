import { tokenWeight } from '../../shared/capture/spend/prices.ts';
import type { Insight } from '../../shared/contracts/insight.ts';
import type { Fault } from '../../shared/kit/result.ts';
import { dataOf, repairOf, system } from '../../shared/understand/ask.ts';
import { fromModel, limited, repaired } from '../../shared/understand/from-model.ts';
import { schema } from '../../shared/understand/model-schema.ts';
import { type Desk, type ModelCall, openDesk, readClaims } from '../../shared/understand/read-claims.ts';
import type { Model } from '../ports/model.ts';

export interface AskDeps {
  model: Model;
  /** Takes this many tokens out of the tenant's month; false when they are not there, and then nothing is taken. */
  takeTokens(tokens: number): Promise<boolean>;
  /** Puts back what was taken and not used; below 0 it was more. */
  giveTokens(tokens: number): Promise<void>;
  /** Fresh text nobody on the call can have spoken. */
  fence(): string;
}

/** How it went, for the log: kinds and counts, nothing that was said. */
export interface Asked {
  insight: Insight;
  kind: 'answered' | 'repaired' | 'too-long' | 'over-budget' | Fault['kind'];
  dropped: number;
}

const TIMEOUT_MS = 120_000;
/** Thinking counts as output; the answer itself is rarely over 4,000. */
const MAX_TOKENS = 16_000;

/** The rules' insight made better by the model's proved claims. Whatever goes wrong gives the rules' own back and says so in `limits`. */
export async function askModel(deps: AskDeps, call: ModelCall, rules: Insight): Promise<Asked> {
  const desk = openDesk(call);
  const data = dataOf(desk.hidden.utterances, deps.fence(), call);
  if (data === null) return { insight: limited(rules, ALONE['too-long']), kind: 'too-long', dropped: 0 };

  const first = await askOnce(deps, { data });
  if (!first.ok) return { insight: limited(rules, ALONE[first.why]), kind: first.why, dropped: 0 };
  const read = readClaims(first.value, desk);
  if (!read) return { insight: limited(rules, ALONE.broken), kind: 'broken', dropped: 0 };
  if (read.failing.length === 0)
    return { insight: fromModel(read.claims, rules, { model: first.model, dropped: 0 }), kind: 'answered', dropped: 0 };

  const second = await askOnce(deps, { data, more: repairOf(read.failing, deps.fence()) });
  const claims = second.ok ? mended(read, second.value, desk) : read.claims;
  const dropped = countOf(read.claims) + read.failing.length - countOf(claims);
  return { insight: fromModel(claims, rules, { model: first.model, dropped }), kind: second.ok ? 'repaired' : 'answered', dropped };
}

type Answer = { ok: true; value: unknown; model: string } | { ok: false; why: 'over-budget' | Fault['kind'] };

async function askOnce({ model, takeTokens, giveTokens }: AskDeps, { data, more }: { data: string; more?: string }): Promise<Answer> {
  const most = MAX_TOKENS * tokenWeight.out;
  const taken = Math.ceil((system.length + SCHEMA_CHARS + data.length + (more?.length ?? 0)) / CHARS_A_TOKEN) + most;
  if (!(await takeTokens(taken))) return { ok: false, why: 'over-budget' };
  const answer = await model.ask({
    system,
    data,
    ...(more === undefined ? {} : { more }),
    schema,
    maxTokens: MAX_TOKENS,
    timeoutMs: TIMEOUT_MS,
  });
  if (!answer.ok) {
    // Nobody counts for us what a lost answer cost; one that was never begun cost nothing.
    if (answer.fault.kind === 'busy' || answer.fault.kind === 'expired') await giveTokens(taken);
    else await giveTokens(most);
    return { ok: false, why: answer.fault.kind };
  }
  await giveTokens(taken - answer.value.tokens);
  return { ok: true, value: answer.value.value, model: answer.value.model };
}

function mended(first: NonNullable<ReturnType<typeof readClaims>>, value: unknown, desk: Desk) {
  const second = readClaims(value, desk);
  return second ? repaired(first.claims, second.claims, first.failing) : first.claims;
}

const countOf = (claims: NonNullable<ReturnType<typeof readClaims>>['claims']): number =>
  Object.values(claims).reduce((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);

const SCHEMA_CHARS = JSON.stringify(schema).length;
const CHARS_A_TOKEN = 3;
const ALONE: Record<'too-long' | 'over-budget' | Fault['kind'], string> = {
  'too-long': 'This call is too long for the language model, so it was read without one.',
  'over-budget': 'This month’s share of the language model is used up, so the call was read without one.',
  busy: 'The language model was busy, so the call was read without one.',
  refused: 'The language model did not take this call, so it was read without one.',
  expired: 'The language model does not accept our key, so the call was read without one.',
  broken: 'The language model gave no usable answer in time, so the call was read without one.',
  gone: 'The language model was not there, so the call was read without one.',
  changed: 'The language model gave no usable answer, so the call was read without one.',
  lacks: 'The language model gave no usable answer, so the call was read without one.',
};
