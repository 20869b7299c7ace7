import * as z from 'zod/mini';
import { clockMs } from './cue-time.ts';

/** One line of a transcript file before speakers become roles. Times in ms; undefined where the file has none. */
export interface Line {
  speaker: string;
  text: string;
  startMs?: number;
  endMs?: number;
  /** 0..1 */
  confidence?: number;
  /** The file itself says which side this is. */
  side?: 'rep' | 'customer';
}

/** Files write numbers as figures or as text. */
export const num = z.union([z.number(), z.string()]);

/** What a voice without a name is called. */
export const unnamed = (nth: number): string => `Speaker ${nth + 1}`;

/** Seconds as a number or figure, or a clock. */
export function span(
  start: string | number | null | undefined,
  end: string | number | null | undefined,
): { startMs?: number; endMs?: number } {
  const [from, to] = [msOf(start), msOf(end)];
  return { ...(from === undefined ? {} : { startMs: from }), ...(to === undefined ? {} : { endMs: to }) };
}

function msOf(value: string | number | null | undefined): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : clockMs(String(value));
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** A confidence in 0..1, where the file gives one. */
export function sure(value: string | number | null | undefined): { confidence?: number } {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? { confidence: Math.max(0, Math.min(1, number)) } : {};
}

/** When the call began, where the file says it in ISO 8601. */
export function started(value: unknown): { startedAt?: string } {
  return typeof value === 'string' && Number.isFinite(Date.parse(value)) && /^\d{4}-\d\d-\d\dT/.test(value) ? { startedAt: value } : {};
}
