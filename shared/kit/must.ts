/** A mistake of ours. Nothing catches it on purpose; it ends the request with a 500 that says nothing inside. */
export class Bug extends Error {
  override name = 'Bug';
}

/** The value, or a Bug that says what should have been there. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Bug(`${what} is missing`);
  return value;
}

/** Ends a `switch` over a union: a new member becomes a compile error here. */
export function never(it: never): never {
  throw new Bug(`unexpected ${JSON.stringify((it as { type?: unknown; kind?: unknown })?.type ?? (it as { kind?: unknown })?.kind)}`);
}
