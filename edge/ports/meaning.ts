import type { Result } from '../../shared/kit/result.ts';
import type { Signs } from '../../shared/remember/search/signs.ts';

/** Tells what texts are about, so that what is said in other words can be found. */
export interface Meaning {
  /** Signs of one maker cannot be compared with those of another: a change of how they are made is another name. */
  maker: string;
  /** The share of equal signs, 0..1, below which two texts have no more in common than any two. */
  strangers: number;
  /** One for each text, in their order. Ends within 10 s. */
  signsOf(texts: readonly string[]): Promise<Result<Signs[]>>;
}
