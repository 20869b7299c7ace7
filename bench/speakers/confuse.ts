import { dice } from '../../sandbox/kit/dice.ts';
import type { VoicedWord } from '../../shared/capture/smooth-voices.ts';
import type { Dialogue } from './read-dialogues.ts';

/** A word as it would be heard, with whose it really is. */
export interface HeardWord extends VoicedWord {
  isRep: boolean;
}

/**
 * How a recogniser errs. `scattered`: any word alike; `edges`: where the voice changes, which is where real ones err most; `split`: half way
 * through, the rep becomes a third voice.
 */
export interface Errors {
  share: number;
  kind: 'scattered' | 'edges';
  isSplit?: boolean;
}

const WORD_MS = 300;
const GAP_MS = 40;
/** People answer after a fifth of a second on average, and often at once. */
const PAUSE_MAX_MS = 600;

/** A dialogue as words in time with voices instead of sides; the same each time. */
export function heardAs(dialogue: Dialogue, { share, kind, isSplit = false }: Errors): HeardWord[] {
  const throwDice = dice([...dialogue.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, Math.round(share * 100)));
  const firstIsRep = dialogue.turns[0]?.isRep ?? true;
  let clockMs = 0;
  const turns = dialogue.turns.map(({ isRep, text }) => {
    clockMs += throwDice() * PAUSE_MAX_MS;
    return text
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word): HeardWord => {
        const startMs = clockMs;
        clockMs += WORD_MS + GAP_MS;
        return { text: word, startMs, endMs: startMs + WORD_MS, confidence: 0.95, voice: isRep === firstIsRep ? 0 : 1, isRep };
      });
  });
  for (const words of turns) {
    // At an edge about as many words are wrong as would be anywhere, only together.
    const wrong = kind === 'edges' ? Math.round(words.length * share * 2 * throwDice()) : 0;
    const fromEnd = throwDice() < 0.5;
    for (const [nth, word] of words.entries()) {
      const isWrong = kind === 'edges' ? (fromEnd ? nth >= words.length - wrong : nth < wrong) : throwDice() < share;
      if (isWrong) word.voice = 1 - word.voice;
    }
  }
  const words = turns.flat();
  const repVoice = firstIsRep ? 0 : 1;
  if (isSplit) for (const word of words.slice(Math.floor(words.length / 2))) if (word.voice === repVoice) word.voice = 2;
  return words;
}
