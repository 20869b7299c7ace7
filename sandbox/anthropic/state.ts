/** Models the vendor still serves; a retired or misspelt one is not found. */
export const MODELS: ReadonlySet<string> = new Set([
  'claude-haiku-5-5',
  'claude-sonnet-5-5',
  'claude-opus-5-5',
  'claude-sonnet-5',
  'claude-opus-5',
  'claude-opus-4-8',
  'claude-opus-4-7',
  'claude-opus-4-6',
  'claude-sonnet-4-6',
  'claude-haiku-4-5',
]);

/** What a script answers from: the request, with its texts joined. */
export interface Asked {
  model: string;
  system: string;
  data: string;
  schema: Record<string, unknown> | undefined;
  /** How much of the marked beginning was answered from the cache, in letters; 0 for none. */
  cachedChars: number;
}
