import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Touch } from '../../shared/relate/touch.ts';

/** One row of the touches file. */
export interface Row {
  from: string;
  to: string;
  touch: Touch;
  atMs: number;
}

/** Whom `ego` may write to next; everything before `at` (seconds) may be used. */
export interface Query {
  q: number;
  at: number;
  ego: number | string;
  candidates: (number | string)[];
}

/** Lines of a file, packed with gzip or plain: its first two bytes tell. */
export function linesOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The touches in order of time, and how many lines were none (a bad time, nobody, oneself). `at` is in seconds. */
export function readTouches(lines: readonly string[]): { rows: Row[]; refused: number } {
  const [head = '', ...body] = lines;
  const names = head.trim().split(',');
  const [at, kind, from, to, group] = ['at', 'kind', 'from', 'to', 'group'].map((name) => names.indexOf(name));
  if (at === undefined || from === undefined || to === undefined || at < 0 || from < 0 || to < 0)
    throw new Error('The touches need a first line that names at, kind, from, to, group.');
  const rows: Row[] = [];
  for (const line of body) {
    const cells = line.trim().split(',');
    const cell = (index: number | undefined) => (index === undefined || index < 0 ? undefined : cells[index]);
    const row = { atMs: Number(cell(at) || 'none') * 1_000, from: cell(from) ?? '', to: cell(to) ?? '' };
    if (!Number.isFinite(row.atMs) || Math.abs(row.atMs) > 8.64e15 || row.from === '' || row.to === '' || row.from === row.to) continue;
    const touch = { at: new Date(row.atMs).toISOString(), minutes: 15, channel: cell(kind) ?? 'message', others: Number(cell(group) || 1) };
    rows.push({ ...row, touch });
  }
  rows.sort((a, b) => a.atMs - b.atMs);
  return { rows, refused: body.length - rows.length };
}
