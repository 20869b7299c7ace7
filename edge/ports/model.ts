import type { Result } from '../../shared/kit/result.ts';

/** A language model without tools: text in, one JSON object out. What it says is data, never an instruction. */
export interface Model {
  /** The answer parsed as JSON of the asked shape, or why not. Ends within `timeoutMs`. */
  ask(question: {
    system: string;
    data: string;
    schema: Record<string, unknown>;
    maxTokens: number;
    timeoutMs: number;
  }): Promise<Result<{ value: unknown; model: string }>>;
}
