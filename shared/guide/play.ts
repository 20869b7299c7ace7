import type { PlayKind } from '../contracts/guidance.ts';
import type { Moment } from '../contracts/playbook.ts';

/** One thing worth saying to a rep when certain words are heard. */
export interface Play {
  /** Stable, at most 24 characters: it becomes part of a card's id. */
  id: string;
  kind: PlayKind;
  /** The rule's name, shown under "why?". */
  name: string;
  headline: string;
  /** At most 140 characters, speakable. May hold `{competitor}`. */
  say: string;
  /** Whose words count. `anyone` includes a speaker whose side is not known. */
  heardFrom: 'rep' | 'customer' | 'anyone';
  /** Words in a row, in plain English; endings do not matter. `{competitor}` stands for each of the tenant's competitors. */
  phrases: readonly string[];
  /** Its abbreviations and names as they are written: recognition is told of them. */
  names?: readonly string[];
  /** Words within twelve of the phrase that mean it was not that. */
  not: readonly string[];
  /** Once a call, unless its moment says otherwise: a rep who let it pass has already decided. */
  once: true;
  /** Only the words themselves: "price" is then not "prices". */
  exact?: true;
  /** Only as part of a question. */
  asQuestion?: true;
  /** Its words bring no card: they are noted, for a checklist or for what has to be said. */
  silent?: true;
  /** The rule of a tenant's playbook that it is made from. */
  moment?: Moment;
}
