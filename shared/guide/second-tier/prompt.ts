import type { Utterance } from '../../contracts/transcript.ts';
import type { Play } from '../play.ts';
import { rules } from './policy.ts';

/** Where a call's prompt stands: pieces that were sent, and up to which turn. */
export interface Sent {
  pieces: readonly string[];
  toSeq: number;
  fromSeq: number;
}

export const notSent = (): Sent => ({ pieces: [], toSeq: -1, fromSeq: -1 });

export type CardToCite = Pick<Play, 'id' | 'kind' | 'name' | 'headline' | 'say'>;

/** The tenant's cards under the rules they are used by. */
export const systemOf = (plays: Iterable<CardToCite>): string => {
  const lines: string[] = [];
  let chars = 0;
  for (const { id, kind, name, headline, say } of plays) {
    if (kind === 'compliance') continue;
    const text = line({ id, kind, when: name, headline, say });
    chars += text.length;
    if (chars > CARDS_CHARS_MAX) break;
    lines.push(text);
  }
  return [rules, '', 'Playbook cards:', ...lines].join('\n');
};

/** Lines about the account, as the first piece; `fence` is random text of this call that nobody on it can have spoken. */
export const briefPiece = (brief: readonly string[], fence: string): string =>
  [
    'What is known of this customer:',
    `-----${fence}`,
    ...(brief.length === 0 ? ['"Nothing yet."'] : brief.map(line)),
    `-----${fence}`,
  ].join('\n');

/** Finished turns that were not sent become one more piece. A transcript that lost its beginning is told anew. */
export function addPiece(sent: Sent, done: readonly Utterance[]): Sent {
  const fromSeq = done[0]?.seq ?? -1;
  const isCut = sent.fromSeq >= 0 && fromSeq !== sent.fromSeq;
  const base = isCut || sent.pieces.length >= PIECES_MAX ? notSent() : sent;
  const fresh = done.filter(({ seq }) => seq > base.toSeq);
  const last = fresh.at(-1);
  return last ? { pieces: [...base.pieces, fresh.map(turnLine).join('\n')], toSeq: last.seq, fromSeq } : base;
}

/** `card` is the one on the screen, which a better sentence may take the place of. */
export function nowOf({ seconds, card, shown }: { seconds: number; card: string | null; shown: readonly string[] }): string {
  return [
    `The call has run for ${Math.round(seconds)} seconds.`,
    card === null ? 'No card is on the screen.' : `On the screen: ${line(card)}. A sentence for it in this customer's words is welcome.`,
    shown.length === 0 ? '' : `Shown before, not again: ${line(shown.slice(-SHOWN_MAX))}.`,
    'What helps the representative with the very next thing to say? Mostly nothing: then answer show false.',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

export const turnLine = ({ seq, role, text }: Pick<Utterance, 'seq' | 'role' | 'text'>): string => line([seq, role, text]);

/** No sign that opens a tag leaves us: the reader sees the same words. */
export const line = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

const CARDS_CHARS_MAX = 60_000;
const PIECES_MAX = 400;
const SHOWN_MAX = 12;
