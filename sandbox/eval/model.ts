import type { AskedCall, Prediction } from './calls.ts';

/** What the model says of a call. Not made yet: the command refuses before it gets here without a key. */
export async function predictWithModel(_call: AskedCall, _competitors: readonly string[], _key: string): Promise<Prediction> {
  throw new Error('The model path is not built into this command yet; use --model embedded.');
}
