import { clockMs, speakerOf } from './cue-time.ts';
import type { Line } from './line.ts';

const ARROW = /^\s*((?:\d+:)?\d+:\d+[.,]\d+)\s*-->\s*((?:\d+:)?\d+:\d+[.,]\d+)/;

export const looksVtt = (text: string): boolean => /^\s*WEBVTT(?:\s|$)/.test(text);
export const looksSrt = (text: string): boolean => /^\s*(?:\d+\s*\n)?\s*\d{1,2}:\d\d:\d\d[.,]\d{1,3}\s*-->/.test(text);

/** WebVTT and SRT alike: blocks with an arrow line, then words; `<v Name>` or "Name:" says who. */
export function readCues(text: string): Line[] {
  const lines: Line[] = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const rows = block.split('\n');
    const arrow = rows.findIndex((row) => ARROW.test(row));
    const times = ARROW.exec(rows[arrow] ?? '');
    if (!times?.[1] || !times[2]) continue;
    const [startMs, endMs] = [clockMs(times[1]), clockMs(times[2])];
    if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) continue;
    // One by one: a spread of a hostile cue's voices would overflow the stack.
    for (const line of voices(rows.slice(arrow + 1).join('\n'), startMs, Math.max(startMs, endMs))) lines.push(line);
  }
  return lines;
}

/** A cue may hold two speakers; they share its time by their letters. */
function voices(body: string, startMs: number, endMs: number): Line[] {
  const parts: { speaker: string; text: string }[] = [];
  if (/<v[ .]/i.test(body)) {
    for (const voice of body.split(/(?=<v[ .])/i)) {
      const hit = /^<v(?:\.[^\s>]+)?\s+([^>]{1,80})>/i.exec(voice);
      parts.push({ speaker: (hit?.[1] ?? '').trim(), text: bare(voice) });
    }
  } else {
    for (const row of bare(body, '\n').split('\n')) {
      const said = speakerOf(row.replace(/^[-\u2013]\s*/, ''));
      const last = parts.at(-1);
      if (said) parts.push(said);
      else if (last) last.text = `${last.text} ${row}`.trim();
      else parts.push({ speaker: '', text: row.trim() });
    }
  }
  const spoken = parts.filter((part) => part.text !== '');
  const letters = spoken.reduce((sum, part) => sum + part.text.length, 0);
  let at = startMs;
  return spoken.map((part) => {
    const from = at;
    at += ((endMs - startMs) * part.text.length) / letters;
    return { ...part, startMs: Math.round(from), endMs: Math.round(at) };
  });
}

function bare(text: string, newline = ' '): string {
  return text
    .replace(/<[^>]{0,200}>/g, '')
    .replace(/\{\\[^}]{0,100}\}/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .replace(/\n+/g, newline)
    .trim();
}
