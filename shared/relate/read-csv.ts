/** A row of a table in text, and the line it begins on, from 1; `cells` is null where the text is not a row. */
export interface CsvRow {
  line: number;
  cells: string[] | null;
}

/**
 * RFC 4180: commas, quotes doubled inside quotes, CRLF or LF. Strict: a quote in a bare cell, or anything after a closing one, makes the row
 * unreadable and reading goes on at the next line; a quote that is never closed makes the rest unreadable.
 */
export function readCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let [at, line] = [0, 1];
  while (at < source.length) {
    const row = readRow(source, at);
    rows.push({ line, cells: row.cells });
    for (let i = at; i < row.end; i++) if (source[i] === '\n') line++;
    at = row.end;
  }
  return rows;
}

function readRow(source: string, from: number): { cells: string[] | null; end: number } {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    let cell = '';
    if (source[at] === '"') {
      at++;
      for (;;) {
        const quote = source.indexOf('"', at);
        if (quote < 0) return { cells: null, end: source.length };
        cell += source.slice(at, quote);
        at = quote + 1;
        if (source[at] !== '"') break;
        cell += '"';
        at++;
      }
    } else {
      const start = at;
      while (at < source.length && source[at] !== ',' && source[at] !== '\n' && source[at] !== '\r') {
        if (source[at] === '"') return { cells: null, end: lineEnd(source, at) };
        at++;
      }
      cell = source.slice(start, at);
    }
    cells.push(cell);
    if (source[at] === ',') at++;
    else if (at >= source.length || source[at] === '\n') return { cells, end: Math.min(source.length, at + 1) };
    else if (source.startsWith('\r\n', at)) return { cells, end: at + 2 };
    else return { cells: null, end: lineEnd(source, at) };
  }
}

const lineEnd = (source: string, at: number) => {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end + 1;
};
