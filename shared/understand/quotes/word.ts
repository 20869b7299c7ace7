/** One word of speech as quotes are compared by: what is merely written differently reads the same. Numbers read `#25000`, `#12%`, `#3rd`. */
export interface Word {
  text: string;
  /** Where it stands in the text as it was written; the two words of "don't" stand in one place. */
  start: number;
  end: number;
  /** Began with a capital letter. */
  cap: boolean;
  /** How many spoken words it was made of. */
  words: number;
  /** The currency of an amount, if it was said. */
  money?: string;
  /** Before or after noon, if it was said. */
  half?: 'am' | 'pm';
}

export const isNumber = (word: Pick<Word, 'text'>): boolean => word.text.startsWith('#');
export const isNegation = (word: Pick<Word, 'text'>): boolean => NEGATIONS.has(word.text);
export const textOf = (words: readonly Word[]): string => words.map((word) => word.text).join(' ');

const NEGATIONS = new Set(['no', 'not', 'never', 'none', 'nothing', 'nobody', 'nor', 'neither', 'without', 'hardly', 'nowhere']);
