import type { Result } from '../../shared/kit/result.ts';

/** A language model without tools: text in, one JSON object out. What it says is data, never an instruction. */
export interface Model {
  /**
   * The answer parsed as JSON of the asked shape, or why not. Ends within `timeoutMs`. `system` and `schema` are the same for many
   * questions and `data` for a second one about the same thing: what stays the same is paid for once. `more` follows the data.
   * `tokens` is what the answer cost, in tokens at the price of one put in; `used` is what was counted, by kind.
   */
  ask(question: {
    system: string;
    data: string;
    more?: string;
    schema: Record<string, unknown>;
    maxTokens: number;
    timeoutMs: number;
  }): Promise<Result<{ value: unknown; model: string; tokens: number; used?: TokensUsed }>>;
}

export interface TokensUsed {
  tokensIn: number;
  tokensOut: number;
  /** Read from the vendor's cache, and written into it. */
  tokensCached: number;
  tokensWritten: number;
}
