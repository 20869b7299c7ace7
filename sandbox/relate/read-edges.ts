import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** One line of an edge list: who wrote or spoke to whom, when; or how well they know each other, 0 to 1. */
export type Edge = { from: string; to: string } & ({ atMs: number; channel: string; others: number } | { trust: number });

export interface ReadEdges {
  edges: number;
  /** Lines that say nothing of two people: nobody, oneself, a bad time or number. */
  refused: number;
}

/**
 * Any edge list: a first line that names `from` and `to`, with `at` (ISO 8601 or seconds) and `kind` and `group`, or with `trust`; or no such line and
 * two or three columns, the third being trust. Columns by comma, tab or blanks; `.gz` is unpacked. `told` hears how far it is, 0 to 1.
 */
export async function readEdges(path: string, take: (edge: Edge) => void, told: (share: number) => void): Promise<ReadEdges> {
  const size = statSync(path).size;
  const file = createReadStream(path);
  const lines = createInterface({ input: path.endsWith('.gz') ? file.pipe(createGunzip()) : file, crlfDelay: Number.POSITIVE_INFINITY });
  let names: string[] | null = null;
  const read: ReadEdges = { edges: 0, refused: 0 };
  for await (const line of lines) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const cells = line
      .trim()
      .split(line.includes(',') ? ',' : /\s+/)
      .map((cell) => cell.trim());
    if (names === null) {
      const isHead = cells.includes('from') && cells.includes('to');
      names = isHead ? cells : ['from', 'to', 'trust'];
      if (isHead) continue;
    }
    const edge = edgeOf(new Map(names.map((name, at) => [name, cells[at] ?? ''])));
    if (edge) take(edge);
    if (edge) read.edges++;
    else read.refused++;
    if ((read.edges + read.refused) % 100_000 === 0) told(Math.min(1, file.bytesRead / size));
  }
  return read;
}

function edgeOf(cells: ReadonlyMap<string, string>): Edge | null {
  const [from = '', to = '', at = ''] = [cells.get('from'), cells.get('to'), cells.get('at')];
  if (from === '' || to === '' || from === to) return null;
  if (at !== '') {
    const atMs = /^-?\d+(\.\d+)?$/.test(at) ? Number(at) * 1_000 : Date.parse(at);
    const others = Number(cells.get('group') || 1);
    return Number.isFinite(atMs) && others >= 1 ? { from, to, atMs, channel: cells.get('kind') || 'message', others } : null;
  }
  const trust = Number(cells.get('trust') || 0.5);
  return trust > 0 && trust < 1 ? { from, to, trust } : null;
}
