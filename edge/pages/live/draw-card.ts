import { button, make, part, visible, words } from './parts.ts';
import type { Shown } from './shown.ts';
import { calmWords, kindWords, linkWords, overWords, whyWords } from './words.ts';

let drawn = '';

/** The one card, or the calm that stands in its place. What is there already stays untouched: it is read aloud when it changes. */
export function drawCard(shown: Shown, { isCut, isWhy }: { isCut: boolean; isWhy: boolean }): void {
  const { card, isOver, customerName } = shown;
  const inside = card ? cardWords(card) : calm(shown, isCut);
  const now = inside.map(({ outerHTML }) => outerHTML).join('');
  if (now !== drawn) part('card').replaceChildren(make('div', 'fresh', ...inside));
  drawn = now;

  part('box').className = card ? 'card' : 'calm';
  part('box').dataset['kind'] = card?.kind ?? '';
  visible('presses', card !== null && !isOver);
  if (card?.id !== part('box').dataset['card']) part('less').removeAttribute('open');
  part('box').dataset['card'] = card?.id ?? '';
  // What has to be said cannot be muted.
  visible('less', card?.kind !== 'compliance');
  button('pin').setAttribute('aria-pressed', String(card?.pinned ?? false));
  button('why-open').setAttribute('aria-expanded', String(isWhy));
  const { whisper } = shown.help;
  words('whisper', whisper ? `${whisper.from}: ${whisper.text}` : '');
  visible('whisper', whisper !== null);
  visible('why', card !== null && isWhy);
  words('why', card && isWhy ? whyWords(card, customerName) : '');
}

function cardWords({ kind, headline, say, ask, why }: NonNullable<Shown['card']>): HTMLElement[] {
  return [
    make('p', 'top', `${kindWords[kind]} · ${headline}`),
    make('p', 'say', say),
    ...(ask ? [make('p', 'ask', ask)] : []),
    ...(why.quote ? [make('p', 'quote', `“${why.quote}”`)] : []),
  ];
}

function calm(shown: Shown, isCut: boolean): HTMLElement[] {
  if (shown.isOver) return [make('strong', '', 'The call is over'), make('p', '', overWords)];
  if (isCut) return [make('strong', '', 'Reconnecting'), make('p', '', linkWords.cut)];
  const { calm: title, line } = calmWords(shown);
  return [make('strong', '', title), ...(line ? [make('p', '', line)] : [])];
}
