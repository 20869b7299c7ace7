import type { Utterance } from '../../contracts/transcript.ts';
import { stemOf } from '../../understand/heads/stem.ts';
import { sentences } from '../../understand/sentences.ts';
import { plainWords } from '../tokens.ts';

/** A sentence of the call that speaks of what was asked. */
export interface Ranked {
  utterance: Utterance;
  text: string;
  start: number;
  score: number;
}

/** The words of a question that say what it is about, as stems, each once. */
export const stemsOf = (text: string): string[] => [...new Set(plainWords(text).filter(carries).map(stemOf))];

/**
 * The turns that speak of these stems, best first by BM25, each with the sentence that speaks of them most. A turn that has less than half of
 * what is asked speaks of something else.
 */
export function rankTurns(said: readonly Utterance[], stems: readonly string[]): Ranked[] {
  if (stems.length === 0) return [];
  const all = said.map((utterance) => ({ utterance, stems: turnStems(utterance) }));
  const mean = all.reduce((sum, one) => sum + one.stems.length, 0) / Math.max(1, all.length);
  const weights = stems.map((stem) => {
    const holding = all.reduce((sum, one) => sum + Number(one.stems.includes(stem)), 0);
    return Math.log(1 + (all.length - holding + 0.5) / (holding + 0.5));
  });
  return all
    .flatMap(({ utterance, stems: mine }) => {
      let [score, held] = [0, 0];
      stems.forEach((stem, at) => {
        const weight = weights[at] ?? 0;
        const times = mine.reduce((sum, one) => sum + Number(one === stem), 0);
        if (times === 0) return;
        held += 1;
        score += (weight * times * (K1 + 1)) / (times + K1 * (1 - B + (B * mine.length) / Math.max(1, mean)));
      });
      return held * 2 < stems.length || held === 0 ? [] : [{ utterance, score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, RANKED_MAX)
    .map((one) => ({ ...one, ...bestSentence(one.utterance.text, stems) }));
}

function bestSentence(text: string, stems: readonly string[]): { text: string; start: number } {
  const [best] = sentences(text)
    .map((one) => ({ one, held: new Set(plainWords(one.text).map(stemOf)) }))
    .sort((a, b) => stems.filter((stem) => b.held.has(stem)).length - stems.filter((stem) => a.held.has(stem)).length);
  return best ? { text: best.one.text, start: best.one.start } : { text, start: 0 };
}

/** A finished turn keeps its words: read once, however often the call is asked. */
function turnStems(utterance: Utterance): readonly string[] {
  const held = READ.get(utterance);
  if (held) return held;
  const stems = plainWords(utterance.text).map(stemOf);
  READ.set(utterance, stems);
  return stems;
}

const READ = new WeakMap<Utterance, readonly string[]>();
const K1 = 1.2;
const B = 0.75;
const RANKED_MAX = 12;

const carries = (word: string): boolean => (word.length > 2 || /\d/.test(word)) && !EMPTY.has(word);
const EMPTY = new Set(
  'the and for are was were did does has had have with that this these those they them their there what when where which who whom whose why how you your yours our ours she her him his its any anything anyone anybody something someone somebody everything all some about said say says saying tell told talk talked talking speak spoke spoken speaking mention mentioned mentions bring brought come came comes discuss discussed ask asked asking know knows think thinks thought call conversation meeting today far customer client prospect buyer rep please can could would should will shall just really much many more most very into from than then also been being not yet again ever exactly word words regarding concerning happen happens happened think get got give gave again during before after'.split(
    ' ',
  ),
);
