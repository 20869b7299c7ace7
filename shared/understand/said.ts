import type { Evidence, Utterance } from '../contracts/transcript.ts';
import { normalise, spell } from './normalise.ts';
import { sentences } from './sentences.ts';

/** One sentence of a call, with what the cue rules need to know about it. */
export interface Said {
  utterance: Utterance;
  text: string;
  /** Where it stands in the utterance's text. */
  start: number;
  end: number;
  /** As the rules read it, see `normalise`. */
  lean: string;
  /** With its fillers, for one-word answers. */
  full: string;
  isQuestion: boolean;
  /** The other side's last sentences before this utterance, lean; empty at the start. */
  before: string;
  /** The last few utterances of both sides, lean: what the talk is about. */
  around: string;
  /** It opens its utterance. */
  opens: boolean;
}

/** A sentence longer than this is nobody's speech; the rules read its beginning. */
const LEAN_MAX = 800;

/** How far back, and how much of each utterance, the talk around a sentence reaches. */
const AROUND_TURNS = 6;
const AROUND_MAX = 200;

/** Every sentence of a call in order. */
export function sayings(utterances: readonly Utterance[]): Said[] {
  const all: Said[] = [];
  const tail = { rep: '', customer: '' };
  const last: string[] = [];
  for (const utterance of utterances) {
    const mine = utterance.role === 'rep' ? 'rep' : 'customer';
    const before = mine === 'rep' ? tail.customer : tail.rep;
    const around = last.join(' ');
    const here: Said[] = sentences(utterance.text).map((span, nth) => {
      const lean = normalise(span.text.slice(0, LEAN_MAX));
      const full = spell(span.text.slice(0, LEAN_MAX));
      return { utterance, ...span, lean, full, isQuestion: asks(span.text, lean), before, around, opens: nth === 0 };
    });
    for (const one of here) all.push(one);
    const said = here.filter((one) => one.lean !== '');
    if (said.length > 0) {
      last.push(
        said
          .map((one) => one.lean)
          .join(' ')
          .slice(0, AROUND_MAX),
      );
      if (last.length > AROUND_TURNS) last.shift();
      tail[mine] = said
        .slice(-2)
        .map((one) => one.lean + (one.isQuestion ? ' ?' : ''))
        .join(' | ');
    }
  }
  return all;
}

/** The proof of what was said: the transcript's own span; times are interpolated inside the utterance by letters. */
export function evidenceOf(utterance: Utterance, start: number, end: number): Evidence {
  const { seq, role, speaker, text, startMs, endMs } = utterance;
  const at = (place: number): number => Math.round(startMs + ((endMs - startMs) * place) / Math.max(1, text.length));
  return { quote: text.slice(start, end), seq, role, speaker, startMs: at(start), endMs: at(end) };
}

function asks(text: string, lean: string): boolean {
  const end = /([.?!])["'\u201d\u2019)\]]*\s*$/.exec(text)?.[1];
  if (end) return end === '?';
  return /^(?:(?:and|so|but|okay|well|yes|no) ){0,2}(?:what|how|why|when|where|who|which|can|could|would|do|does|did|is|are|will|should|shall) (?:you|we|i|it|that|this|the|is|are|do|does|did|would|much|long|about|your|there|they|kind|if|happens)\b/.test(
    lean,
  );
}
