import type { PathHop, WarmPath } from '@ros/contracts';

/** Thickness is how well two people know each other. */
const thickness: Record<PathHop['tier'], number> = { strong: 9, warm: 6, weak: 3, dormant: 2 };
/** Colour is how lately they were in touch. */
const colourOf: Record<PathHop['freshness'], string> = { active: '#0a8f62', cooling: '#c96f06', dormant: '#8a94a6' };
const freshWords: Record<PathHop['freshness'], string> = {
  active: 'in touch this month',
  cooling: 'quiet for a month',
  dormant: 'nothing seen for three months',
};
const tierWords: Record<PathHop['tier'], string> = { strong: 'strong', warm: 'warm', weak: 'weak', dormant: 'barely known' };

/** The path from left to right: a circle a person, a line a tie; the same in words for `alt`. */
export function drawPath({ hops, people }: Pick<WarmPath, 'hops' | 'people'>, width: number) {
  const height = 84;
  const edge = Math.min(56, width / 6);
  const step = (width - 2 * edge) / Math.max(1, people.length - 1);
  const at = (n: number) => Math.round(edge + n * step);
  const lines = hops.map((hop, n) => {
    const dash = hop.tier === 'dormant' ? ' stroke-dasharray="4 5"' : '';
    return `<line x1="${at(n) + 20}" y1="28" x2="${at(n + 1) - 20}" y2="28" stroke="${colourOf[hop.freshness]}" stroke-width="${thickness[hop.tier]}" stroke-linecap="butt"${dash}/>`;
  });
  const circles = people.map(({ key, name }, n) => {
    const isOurs = key.startsWith('user/');
    const fill = isOurs ? '#213343' : n === people.length - 1 ? '#e8f4f8' : '#ffffff';
    return `<circle cx="${at(n)}" cy="28" r="19" fill="${fill}" stroke="#213343" stroke-width="1.5"/><text x="${at(n)}" y="33" text-anchor="middle" font-size="13" font-weight="600" fill="${isOurs ? '#ffffff' : '#213343'}">${safe(initials(name))}</text><text x="${at(n)}" y="68" text-anchor="middle" font-size="13" fill="#33475b">${safe(short(name, step))}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif">${lines.join('')}${circles.join('')}</svg>`;
  const alt = hops.map(({ from, to, tier, freshness }) => `${from} to ${to}: ${tierWords[tier]}, ${freshWords[freshness]}`).join('. ');
  return { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt: `${alt}.`, width, height };
}

/** "strong", "in touch this month" and what proves it. */
export const hopWords = ({ tier, freshness, chips }: PathHop): string[] => [tierWords[tier], freshWords[freshness], ...chips];

/** The hop to mind first, in words; empty when every one holds. */
export function weakestWords(hops: readonly PathHop[]): string {
  const weakest = hops.find(({ isWeakest }) => isWeakest);
  if (!weakest || hops.length < 2 || weakest.tier === 'strong') return '';
  return `The weakest link is ${weakest.from} → ${weakest.to}: ${tierWords[weakest.tier]}, ${freshWords[weakest.freshness]}.`;
}

const initials = (name: string) => {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
};

/** The whole name where it fits, else the first one. */
const short = (name: string, room: number) => {
  const fits = Math.max(6, Math.floor(room / 7));
  if (name.length <= fits) return name;
  const [first = name] = name.split(/\s+/);
  return first.length <= fits ? first : `${first.slice(0, fits - 1)}…`;
};

const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
