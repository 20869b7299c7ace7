/** A call that can fail in a way its caller must decide about. */
export type Result<T, F = Fault> = { ok: true; value: T } | { ok: false; fault: F };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const failed = <F>(fault: F): Result<never, F> => ({ ok: false, fault });

/**
 * What a vendor or a store can do to us, in words every room understands.
 * `said` is our own sentence for people and logs; it never carries what was said on a call or what a vendor echoed.
 */
export interface Fault {
  /** `changed`: somebody else's value stands there. `lacks`: the record wants more fields first, those in `asks`. */
  kind: 'gone' | 'refused' | 'changed' | 'lacks' | 'expired' | 'busy' | 'broken';
  said: string;
  retryAfterMs?: number;
  /** A write left and nobody can say whether it landed, or whether it still will. */
  ambiguous?: true;
  asks?: readonly FieldAsk[];
}

/** A field that a person has to fill. `options` are exact values, for a choice. */
export interface FieldAsk {
  field: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'choice';
  options?: { value: string; label: string }[];
}

/** Worth another try later, without a person. */
export const passes = (fault: Fault): boolean => fault.kind === 'busy' || fault.kind === 'broken';
