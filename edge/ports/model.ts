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

/** A language model that is quick enough for a running call, and answers piece by piece. */
export interface LiveModel {
  /** Puts what later questions begin with into the vendor's cache, for the first one to be as quick as the others. */
  warm(question: Omit<LiveQuestion, 'tail' | 'now' | 'maxTokens'>): Promise<Result<void>>;
  /** Ends when the signal does. `hear` gets the answer's text in pieces, in order; whole is only what ends well. Never tried twice. */
  ask(question: LiveQuestion, hear: (piece: string) => void): Promise<Result<void>>;
}

export interface LiveQuestion {
  system: string;
  /** Material that stays as it is: a later question begins with the same pieces and may add some. */
  data: readonly string[];
  /** Material that may change; '' for none. */
  tail: string;
  /** What is asked, outside of all material. */
  now: string;
  schema: Record<string, unknown>;
  maxTokens: number;
  signal: AbortSignal;
  /** What it has cost so far, in tokens as `Model` counts them; told again, the later one counts. */
  counted(cost: { tokens: number; used: TokensUsed }): void;
}
