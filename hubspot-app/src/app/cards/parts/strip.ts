import type { ConversationView, Insight, Role } from '@ros/contracts';
import { clock, percent } from './words.ts';

const width = 640;
const rowOf: Record<Role, number> = { rep: 4, customer: 28, other: 28 };
const colourOf: Record<Role, string> = { rep: '#2f7d95', customer: '#e08e45', other: '#8a94a6' };
const rowHeight = 18;
const height = 60;

/** When something worth hearing again was said. */
export function moments(insight: Insight | null): { startMs: number; what: string }[] {
  if (!insight) return [];
  return [
    ...insight.pricing.map(({ evidence }) => ({ startMs: evidence.startMs, what: 'price' })),
    ...insight.objections.map(({ evidence, type }) => ({ startMs: evidence.startMs, what: `${type} objection` })),
    ...insight.competitors.map(({ evidence, name }) => ({ startMs: evidence.startMs, what: name })),
    ...insight.buyingSignals.map(({ evidence }) => ({ startMs: evidence.startMs, what: 'buying signal' })),
  ].sort((a, b) => a.startMs - b.startMs);
}

/** The whole call as a picture: the rep above, the customer below, moments marked; the same in words for `alt`. */
export function drawStrip({ call, insight, strip }: ConversationView): { src: string; alt: string; width: number; height: number } | null {
  const endMs = Math.max(call.durationMs, ...strip.map((piece) => piece.endMs));
  if (strip.length === 0 || endMs <= 0) return null;
  const at = (ms: number) => Math.round((ms / endMs) * width * 10) / 10;
  const pieces = strip.map(
    ({ role, startMs, endMs }) =>
      `<rect x="${at(startMs)}" y="${rowOf[role]}" width="${Math.max(1, at(endMs - startMs))}" height="${rowHeight}" rx="2" fill="${colourOf[role]}"/>`,
  );
  const marks = moments(insight).map(({ startMs }) => {
    const x = Math.min(Math.max(at(startMs), 5), width - 5);
    return `<path d="M${x} 49l5 5-5 5-5-5z" fill="#33475b"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><rect y="4" width="${width}" height="${rowHeight}" rx="2" fill="#eef2f6"/><rect y="28" width="${width}" height="${rowHeight}" rx="2" fill="#eef2f6"/>${pieces.join('')}${marks.join('')}</svg>`;
  return { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt: words(endMs, insight), width, height };
}

const words = (endMs: number, insight: Insight | null) => {
  const marked = moments(insight).map(({ startMs, what }) => `${what} at ${clock(startMs)}`);
  const share = insight ? ` You spoke ${percent(insight.talkShareRep)} of the time.` : '';
  return `Who spoke when over ${clock(endMs)}: you above, the customer below.${share}${marked.length > 0 ? ` Marked: ${marked.join(', ')}.` : ''}`;
};
