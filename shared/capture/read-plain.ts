import { clockMs, speakerOf } from './cue-time.ts';
import type { Line } from './line.ts';

/** `Speaker: text`, one turn a line or paragraph, with or without times: "[00:12] Sam: Hi", "Sam (00:12): Hi", "Sam  0:12" above its words. */
export function readPlain(text: string): Line[] {
  const lines: Line[] = [];
  for (const row of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (row.trim() === '') continue;
    const heading = HEADING.exec(row);
    if (heading?.[1] && heading[2]) {
      lines.push({ speaker: heading[1].trim(), text: '', ...at(heading[2]) });
      continue;
    }
    const time = LEADING.exec(row);
    const rest = time ? row.slice(time[0].length) : row;
    const inner = INNER.exec(rest);
    const said = speakerOf(inner ? rest.replace(inner[0], `${inner[1]}:`) : rest);
    const last = lines.at(-1);
    const when = at(time?.[1] ?? inner?.[2] ?? '');
    if (said) lines.push({ ...said, ...when });
    else if (last) last.text = `${last.text} ${rest.trim()}`.trim();
    else if (time) lines.push({ speaker: '', text: rest.trim(), ...when });
    else return [];
  }
  return lines.filter((line) => line.text !== '');
}

function at(text: string): { startMs?: number } {
  const ms = clockMs(text);
  return Number.isFinite(ms) ? { startMs: ms } : {};
}

const LEADING = /^\s*[[(]?((?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?)[\])]?\s*[-\u2013]?\s*/;
const INNER = /^([^:[(]{1,60}?)\s*[[(]((?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?)[\])]\s*:?(?=\s)/;
const HEADING = /^\s*([\p{Lu}][^:[(]{0,58}?)\s{1,4}[[(]?((?:\d{1,2}:)?\d{1,2}:\d\d)[\])]?\s*$/u;
