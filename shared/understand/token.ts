/** One word or number of a text, with where it stands. `text` is lower case; a folded number reads `#25000` or `#12%`. */
export interface Token {
  text: string;
  /** As written, in lower case; of a folded number its first word. */
  raw: string;
  start: number;
  end: number;
  /** Began with a capital letter. */
  cap: boolean;
  /** Carried a currency sign. */
  money: boolean;
  /** How many words it was made of: more than one for a folded number. */
  words: number;
}
