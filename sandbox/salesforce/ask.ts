import { Refusal } from './refusal.ts';

/** One request under `/services/data/vNN.0`, from the wire or from inside a composite. */
export interface Ask {
  userId: string;
  method: string;
  /** Segments after the version, decoded. */
  path: readonly string[];
  query: URLSearchParams;
  body: unknown;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** `67.0` */
  version: string;
}

export interface Reply {
  status: number;
  body: unknown;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

/** Answers with the verb's own handler; any other verb is refused by name. */
export function only(ask: Ask, verbs: Record<string, () => Reply>): Reply {
  const verb = verbs[ask.method];
  if (!verb)
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${ask.method}' not allowed. Allowed are ${Object.keys(verbs).join(',')}`);
  return verb();
}
