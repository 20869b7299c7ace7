import { liveModelWeight, tokenWeight } from '../../shared/capture/spend/prices.ts';
import type { CallAnswer } from '../../shared/contracts/ask-call.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { answerCall } from '../../shared/guide/ask/answer-call.ts';
import { askOf } from '../../shared/guide/ask/ask-model.ts';
import type { Claims } from '../../shared/guide/deal/deal-heard.ts';
import type { LiveModel, LiveQuestion } from '../ports/model.ts';
import { PATIENCE_MS } from './second-tier.ts';
import { type TokenBudget, TokenPurse } from './token-purse.ts';

export interface AskCallDeps {
  /** Undefined without a key: then the rules answer alone. */
  model: LiveModel | undefined;
  budget: TokenBudget;
  /** Everybody's name: the model sees signs for them. */
  names: readonly string[];
  fence: string;
  /** What it has cost. */
  spent(used: Cost['used']): Promise<void>;
}

export interface AskedCall {
  said: readonly Utterance[];
  claims: Claims;
}

/** What was said on this call. The rules answer at once; a model's answer takes their place when it comes in time and its quotes are in the call. */
export async function askCall(deps: AskCallDeps, call: AskedCall, question: string): Promise<CallAnswer> {
  const byRules = answerCall(call, question);
  if (!deps.model || call.said.length === 0) return byRules;
  return (await askModel({ ...deps, model: deps.model }, call.said, question).catch(() => null)) ?? byRules;
}

async function askModel(
  { model, budget, names, fence, spent }: AskCallDeps & { model: LiveModel },
  said: readonly Utterance[],
  question: string,
): Promise<CallAnswer | null> {
  const ask = askOf(said, question, names, fence);
  const purse = new TokenPurse(budget);
  const held = priceOf(ask.question);
  if (!(await purse.take(held.most))) {
    await purse.close();
    return null;
  }
  const so: { text: string; cost?: Cost } = { text: '' };
  const enough = new AbortController();
  const answer = await model.ask(
    {
      ...ask.question,
      maxTokens: MAX_TOKENS,
      signal: AbortSignal.any([enough.signal, AbortSignal.timeout(PATIENCE_MS)]),
      counted: (cost) => {
        so.cost = cost;
      },
    },
    (piece) => {
      so.text += piece;
      if (so.text.length > ANSWER_CHARS_MAX) enough.abort();
    },
  );
  const isUnbegun = !answer.ok && (answer.fault.kind === 'busy' || answer.fault.kind === 'expired');
  purse.give(held.most - (so.cost?.tokens ?? (isUnbegun ? 0 : held.least)));
  await purse.close();
  if (so.cost) await spent(so.cost.used);
  return answer.ok ? ask.read(so.text) : null;
}

/** What a question may cost at most, and what it costs if it gets no answer: as if nothing of it was in the cache, and all for an hour. */
function priceOf({ system, data, tail, now, schema }: ReturnType<typeof askOf>['question']) {
  const chars = [system, ...data, tail, now, JSON.stringify(schema)].reduce((sum, text) => sum + text.length, 0);
  const least = Math.ceil((chars / CHARS_A_TOKEN) * 2 * liveModelWeight);
  return { least, most: least + Math.ceil(MAX_TOKENS * tokenWeight.out * liveModelWeight) };
}

type Cost = Parameters<LiveQuestion['counted']>[0];
const MAX_TOKENS = 500;
const CHARS_A_TOKEN = 3;
const ANSWER_CHARS_MAX = 6_000;
