import { plain } from '../kit/ids.ts';
import { readCsv } from './read-csv.ts';

/** One of a member's own connections, as LinkedIn's export says it. */
export interface Connection {
  line: number;
  name: string;
  /** The name as it is compared. */
  plainName: string;
  /** Lower case; most people share none. */
  email: string | null;
}

/** At most this many rows are read: LinkedIn itself ends at 30,000 connections. */
const rowsMax = 30_000;

/** Null when it is not such an export. Notes may stand above the header. Somebody listed twice is one. */
export function readConnections(csv: string): { connections: Connection[]; unreadable: number[] } | null {
  const rows = readCsv(csv);
  const head = rows.findIndex(({ cells }) => cells?.includes('First Name') && cells.includes('Last Name'));
  const names = rows[head]?.cells;
  if (!names) return null;
  const [first, last, mail] = ['First Name', 'Last Name', 'Email Address'].map((name) => names.indexOf(name)) as [number, number, number];
  const connections = new Map<string, Connection>();
  const unreadable: number[] = [];
  for (const { line, cells } of rows.slice(head + 1, head + 1 + rowsMax)) {
    if (cells?.length === 1 && cells[0] === '') continue;
    const name = cells ? `${cells[first] ?? ''} ${cells[last] ?? ''}`.trim() : '';
    const plainName = plain(name);
    if (!cells || cells.length !== names.length || plainName === '') {
      unreadable.push(line);
      continue;
    }
    const said = (cells[mail] ?? '').trim().toLowerCase();
    const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(said) ? said : null;
    connections.set(`${plainName} ${email ?? ''}`, { line, name, plainName, email });
  }
  return { connections: [...connections.values()], unreadable };
}
