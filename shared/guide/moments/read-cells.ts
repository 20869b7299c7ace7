/** A line of a table: its cells, the number of its first line (from 1) and the text it was read from. Empty lines are none. */
export interface Row {
  line: number;
  text: string;
  cells: string[];
}

/**
 * A table as sheets write it: RFC 4180 with commas, semicolons or tabs, whichever parts the first line most often. A quote that is never
 * closed ends with its own line, so that it cannot swallow what follows.
 */
export function readCells(text: string): Row[] {
  const whole = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const between = partedBy(whole.split('\n').find((one) => one.trim() !== '') ?? '');
  const rows: Row[] = [];
  let line = 1;
  for (let at = 0; at < whole.length; ) {
    const row = readRow(whole, at, between, true) ?? readRow(whole, at, between, false);
    if (!row) break;
    const raw = whole.slice(at, row.end);
    if (raw.trim() !== '') rows.push({ line, text: raw, cells: row.cells });
    line += raw.split('\n').length;
    at = row.end + 1;
  }
  return rows;
}

/** Cells up to the end of the line at `end`. Null when a quote is opened and the text ends before it is closed. */
function readRow(text: string, from: number, between: string, hasQuotes: boolean): { cells: string[]; end: number } | null {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let at = from;
  for (; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && hasQuotes && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (sign === between) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n') break;
    else cell += sign;
  }
  return isQuoted ? null : { cells: [...cells, cell], end: at };
}

function partedBy(line: string): string {
  const counted = [',', ';', '\t'].map((sign) => ({ sign, times: line.split(sign).length }));
  return counted.toSorted((a, b) => b.times - a.times)[0]?.sign ?? ',';
}
