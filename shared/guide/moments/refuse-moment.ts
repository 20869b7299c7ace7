import type { Moment } from '../../contracts/playbook.ts';
import { plainWords } from '../tokens.ts';

/** Why a moment cannot be used, in a sentence; null where it can. A rule that everything matches would bury the rep. */
export function refuseMoment({ name, rule }: Pick<Moment, 'name' | 'rule'>): string | null {
  for (const phrase of wordsOf(rule)) {
    const why =
      refuseEmpty(phrase) ?? (rule.is === 'slot' ? null : (refuseShort(phrase) ?? (rule.is === 'phrase' ? refuseEveryday(phrase) : null)));
    if (why) return `“${name}”: ${why}`;
  }
  const lone = 'not' in rule ? rule.not.find((phrase) => plainWords(phrase).length === 0 && !phrase.includes(SLOT)) : undefined;
  if (lone !== undefined) return `“${name}”: “${lone}” among the words that take it back holds no word.`;
  return null;
}

/** Each tenant's ids have to tell their moments apart, over all of its playbooks. */
export function sameId(moments: readonly Pick<Moment, 'id' | 'name'>[]): string | null {
  const seen = new Map<string, string>();
  for (const { id, name } of moments) {
    const other = seen.get(id);
    if (other !== undefined) return `“${name}” has the same id as “${other}”: ${id}. Each moment needs its own.`;
    seen.set(id, name);
  }
  return null;
}

const SLOT = '{competitor}';

const wordsOf = (rule: Moment['rule']): readonly string[] => ('phrases' in rule ? rule.phrases : rule.is === 'slot' ? rule.near : []);

function refuseEmpty(phrase: string): string | null {
  const parts = phrase.split(SLOT);
  if (parts.length > 2) return `“${phrase}” names the competitor twice; once is enough.`;
  return parts.length === 1 && plainWords(phrase).length === 0 ? `“${phrase}” holds no word.` : null;
}

function refuseShort(phrase: string): string | null {
  const [first = '', ...more] = plainWords(phrase);
  if (phrase.includes(SLOT) || more.length > 0) return null;
  if (first.length <= 2) return `“${phrase}” is too short to be told from others. Say it with the words around it.`;
  return EVERYDAY.has(first) ? `“${phrase}” is said in every conversation. Add the words that make it special.` : null;
}

/** Only of what brings a card: what is merely noted may be said in many ways. */
function refuseEveryday(phrase: string): string | null {
  const words = plainWords(phrase);
  if (phrase.includes(SLOT)) return null;
  if (words.every((word) => STOP.has(word))) return `“${phrase}” holds only words that stand in every sentence. Add the one that matters.`;
  const isEveryday = words.length < 3 && words.every((word) => EVERYDAY.has(word));
  return isEveryday ? `“${phrase}” is said in every conversation. Add the words that make it special.` : null;
}

/** Words without which there are no sentences. */
const STOP = new Set(
  `a about after all also am an and any are as at be because been before being both but by can could did do does doing down each else
  for from had has have having he her here hers him his how i if in into is it its just let like me more most my no nor not of off on
  once only or other our ours out over own she should so some such than that the their theirs them then there these they this those
  through to too under until up us very was we were what when where which while who whom why will with would you your yours`.split(/\s+/),
);
/** And those without which there is no talk. */
const EVERYDAY = new Set([
  ...STOP,
  ...`ah again agree all always anyway ask back bad big bit bye call came come day days deal done easy else ever fact fair feel few find
  fine first get give go going good got great guess guy guys happy hard hello help hey hi hmm hope idea kind know last later least left
  less let little long look looking lot love made make makes many maybe mean might mind minute mm month months much must need never new
  next nice nothing now number oh ok okay old one ones part people perfect place please point problem put question quick quite ready
  real really right said same saw say saying see sense set show sir small soon sorry sort start still stop sure take talk tell thank
  thanks thing things think thought time times today together told tomorrow try trying two uh um understand use using want wanted way
  week weeks well went whatever whole wonder word work working works worth yeah year years yep yes yesterday yet`.split(/\s+/),
]);
