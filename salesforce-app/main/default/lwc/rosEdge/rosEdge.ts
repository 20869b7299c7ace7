import call from '@salesforce/apex/RosEdge.call';
import type { RecordObject, Refusal } from 'c/rosContracts';
import { answer, consent } from 'c/rosContracts';
import { words } from 'c/rosWords';

/** What the service said: the value, or why there is none in sentences for people. */
export type Reply<T> = { ok: true; value: T } | Refused;
export interface Refused {
  ok: false;
  code: Refusal;
  what: string;
  todo: string;
}

/** Anything that checks a value, such as a schema of `c/rosContracts`. */
export interface Shape<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/**
 * One request to the service through Apex. Never throws: what went wrong comes back as a refusal.
 * `path` begins with `/v1/`; `shape` is that of the answer's value.
 */
export async function callEdge<T>(
  verb: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  shape: Shape<T>,
  body?: unknown,
): Promise<Reply<T>> {
  let said: unknown;
  try {
    said = await call({ verb, path, body: body === undefined ? null : JSON.stringify(body) });
  } catch (error) {
    return { ok: false, code: 'trouble', what: messageOf(error) ?? words.trouble, todo: words.unreadableTodo };
  }
  return readAnswer(said, shape);
}

function readAnswer<T>(said: unknown, shape: Shape<T>): Reply<T> {
  const parsed = parseJson(said);
  if (typeof parsed === 'object' && parsed !== null && 'ok' in parsed && parsed.ok === true) {
    const value = shape.safeParse('value' in parsed ? parsed.value : undefined);
    return value.success ? { ok: true, value: value.data } : unreadable();
  }
  // Every refusal has one shape, whatever value was asked for.
  const refused = answer(consent).safeParse(parsed);
  return refused.success && !refused.data.ok ? refused.data : unreadable();
}

function parseJson(said: unknown): unknown {
  if (typeof said !== 'string') return said;
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}

const unreadable = (): Refused => ({ ok: false, code: 'trouble', what: words.unreadable, todo: words.unreadableTodo });

/** Apex puts its plain words into `body.message`. */
function messageOf(error: unknown): string | null {
  const body = typeof error === 'object' && error !== null && 'body' in error ? error.body : null;
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : null;
}

/** The value, or null when there is none yet. */
export const orNull = <T>(shape: Shape<T>): Shape<T | null> => ({
  safeParse: (value) => (value === null ? { success: true, data: null } : shape.safeParse(value)),
});

/** An answer whose value nobody reads. */
export const anything: Shape<unknown> = { safeParse: (data) => ({ success: true, data }) };

/** Salesforce's name of an object in the words both hosts share; null for one we have no card for. */
export function objectOf(apiName: string): RecordObject | null {
  if (apiName === 'Opportunity') return 'deal';
  if (apiName === 'Account') return 'company';
  if (apiName === 'Contact') return 'contact';
  return apiName === 'Lead' ? 'lead' : null;
}

/** Makes a repeated press one press: keep it until an answer came. */
export const pressId = (): string => crypto.randomUUID();

/** Salesforce asks for at least four seconds between polls through Apex. */
export const pollAfter = (askedMs: number): number => Math.max(4000, askedMs);

/** `754000` → `12:34` */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
