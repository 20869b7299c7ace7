import { tokenWeight } from '../../../shared/capture/spend/prices.ts';
import type { CustomerAnswer, CustomerMemory, SearchHit, SearchView } from '../../../shared/contracts/memory.ts';
import { askData, askSchema, askSystem, citedHit, provedAnswer } from '../../../shared/remember/ask/model-ask.ts';
import { structuredAnswer } from '../../../shared/remember/ask/structured-answer.ts';
import { wordsOf } from '../../../shared/remember/search/words.ts';
import type { Model } from '../../ports/model.ts';

export interface AskCustomerDeps {
  memory(): Promise<CustomerMemory>;
  search(text: string): Promise<SearchView>;
  /** Undefined without a key. */
  model: Model | undefined;
  /** Takes this many tokens out of the tenant's month; false when they are not there. */
  takeTokens(tokens: number): Promise<boolean>;
  /** Puts back what was taken and not used; below 0 it was more. */
  giveTokens(tokens: number): Promise<void>;
  /** Fresh text nobody can have spoken. */
  fence(): string;
}

const TIMEOUT_MS = 20_000;
const MAX_TOKENS = 2_000;
const CHARS_A_TOKEN = 3;
const SHOWN = 5;
const UNKNOWN = 'Nothing that you may see of this customer answers this.';

/** What was kept answers first, then what was said; a model only puts together what it can quote. */
export async function askCustomer(deps: AskCustomerDeps, question: string): Promise<CustomerAnswer> {
  const kept = structuredAnswer(question, await deps.memory());
  if (kept) return kept;
  const { hits } = await deps.search(question);
  if (hits.length === 0) return { known: false, answer: UNKNOWN, by: 'search', sources: [] };
  const proved = deps.model ? await askModel(deps, deps.model, question, hits) : null;
  if (proved) return proved;
  const words = new Set(wordsOf(question));
  const telling = hits.filter(({ quote }) => {
    const said = new Set(wordsOf(quote));
    return [...words].filter((word) => said.has(word)).length * 2 >= words.size;
  });
  const sources = (telling.length > 0 ? telling : hits).slice(0, SHOWN).map(citedHit);
  return telling.length > 0
    ? { known: true, answer: 'This is what was said about it:', by: 'search', sources }
    : { known: false, answer: `${UNKNOWN} This comes nearest:`, by: 'search', sources };
}

async function askModel(deps: AskCustomerDeps, model: Model, question: string, hits: readonly SearchHit[]): Promise<CustomerAnswer | null> {
  const data = askData(hits, deps.fence());
  const more = `The rep asks: ${JSON.stringify(question)}`;
  const most = MAX_TOKENS * tokenWeight.out;
  const taken = Math.ceil((askSystem.length + JSON.stringify(askSchema).length + data.length + more.length) / CHARS_A_TOKEN) + most;
  if (!(await deps.takeTokens(taken))) return null;
  const answer = await model.ask({ system: askSystem, data, more, schema: askSchema, maxTokens: MAX_TOKENS, timeoutMs: TIMEOUT_MS });
  if (!answer.ok) {
    // Nobody counts for us what a lost answer cost; one that was never begun cost nothing.
    await deps.giveTokens(answer.fault.kind === 'busy' || answer.fault.kind === 'expired' ? taken : most);
    return null;
  }
  await deps.giveTokens(taken - answer.value.tokens);
  return provedAnswer(answer.value.value, hits);
}
