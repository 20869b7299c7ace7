import { afterScroll, type Box, type Following, followingFromStart } from './follow-now.ts';
import { markWords } from './mark-words.ts';
import { make, part, visible } from './parts.ts';
import { keyOf, type Line, type Shown } from './shown.ts';
import { clock, speakerWords } from './words.ts';

const rows = new Map<string, { row: HTMLElement; as: string }>();
let following: Following = followingFromStart;

const boxOf = ({ scrollTop: top, clientHeight: seen, scrollHeight: all }: HTMLElement): Box => ({ top, seen, all });

/** Goes along with what is said, until the rep scrolls up. */
export function followLines(): void {
  const lines = part('lines');
  lines.addEventListener('scroll', () => {
    following = afterScroll(following, boxOf(lines));
    visible('now', !following.isFollowing);
  });
  // What scrolls is read with the arrow keys, too.
  lines.tabIndex = 0;
  // A window of another size shows other lines.
  new ResizeObserver(stay).observe(lines);
}

export function backToNow(): void {
  following = { ...following, isFollowing: true };
  visible('now', false);
  stay();
}

function stay(): void {
  const lines = part('lines');
  if (following.isFollowing) lines.scrollTop = lines.scrollHeight;
}

/** The transcript: each line is drawn when it is new or reads otherwise. */
export function drawLines(shown: Shown): void {
  const lines = part('lines');
  const keys = new Set(shown.lines.map(keyOf));
  for (const [key, { row }] of rows) {
    if (keys.has(key)) continue;
    row.remove();
    rows.delete(key);
  }
  let before: Line | undefined;
  for (const line of shown.lines) {
    const name = nameOf(line, shown.customerName);
    drawLine(lines, shown, line, before && nameOf(before, shown.customerName) === name ? '' : name);
    before = line;
  }
  stay();
}

const nameOf = (line: Line, customerName: string): string => speakerWords(line, customerName);

function drawLine(list: HTMLElement, shown: Shown, line: Line, name: string): void {
  const key = keyOf(line);
  const quotes = shown.heard.filter((one) => one.key === key).map(({ quote }) => quote);
  const why = shown.card?.why;
  const now = why && why.turn !== undefined && keyOf({ role: why.role, turn: why.turn }) === key ? why.quote : '';
  const flags = shown.marks.filter(({ role, turn }) => role === line.role && turn === line.turn).map(({ atMs }) => clock(atMs));
  const as = JSON.stringify([line, name, quotes, now, flags]);
  const known = rows.get(key);
  if (known?.as === as) return;
  const row = known?.row ?? make('li', '');
  row.className = `${line.role}${line.final ? '' : ' open'}`;
  row.replaceChildren(
    ...(name ? [make('span', 'name', name)] : []),
    ...markWords(line.text, [...quotes, now]).map(({ text, isMarked }) => {
      if (!isMarked) return document.createTextNode(text);
      return make('mark', markWords(text, [now]).some((piece) => piece.isMarked) ? 'now' : '', text);
    }),
    ...flags.map((at) => make('span', 'flag', ` ⚑ flagged ${at}`)),
  );
  if (!known) list.append(row);
  rows.set(key, { row, as });
}
