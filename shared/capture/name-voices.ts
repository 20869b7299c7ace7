import type { Role, Utterance } from '../contracts/transcript.ts';
import { unnamed } from './line.ts';
import { type KnownSides, whoSpeaks } from './who-speaks.ts';

/**
 * A recording whose voices are known and whose sides are not: told from what was said when that is sure, else everybody stays `other`, and
 * nothing is taken for the customer's word until somebody says who is who.
 */
export function tellSides(utterances: readonly Utterance[], known: KnownSides): Utterance[] {
  if (!isOneTrack(utterances)) return [...utterances];
  const { roles, isSure } = whoSpeaks(utterances.map(voiced), known);
  return isSure ? nameVoices(utterances, roles, known) : [...utterances];
}

/** Somebody said which voice is the rep's; the others go where they belong beside it. Undefined when there is no such voice. */
export function settleSides(utterances: readonly Utterance[], known: KnownSides, rep: string): Utterance[] | undefined {
  if (!utterances.some(({ speaker }) => speaker === rep)) return undefined;
  const { roles } = whoSpeaks(utterances.map(voiced), {}, rep);
  const sides = roles.size > 1 ? roles : new Map([[rep, 'rep' as const]]);
  return nameVoices(utterances, sides, known);
}

/** The voices to choose between, most words first; empty when there is nothing to ask: one voice, or sides that are known. */
export function openVoices(utterances: readonly Utterance[]): { speaker: string; text: string }[] {
  if (!isOneTrack(utterances)) return [];
  const voices = [...Map.groupBy(utterances, ({ speaker }) => speaker)].map(([speaker, said]) => {
    const longest = said.reduce((best, one) => (one.text.length > best.text.length ? one : best));
    return { speaker, text: longest.text, chars: said.reduce((sum, one) => sum + one.text.length, 0) };
  });
  return voices.sort((one, other) => other.chars - one.chars).map(({ speaker, text }) => ({ speaker, text }));
}

/** Two voices or more, and nobody's side is known. */
const isOneTrack = (utterances: readonly Utterance[]): boolean =>
  utterances.every(({ role }) => role === 'other') && new Set(utterances.map(({ speaker }) => speaker)).size > 1;

const voiced = ({ speaker, text }: Utterance) => ({ voice: speaker, text });

/** One voice on a side has that side's name; of several each keeps a number of its own. */
function nameVoices(
  utterances: readonly Utterance[],
  roles: ReadonlyMap<string, Role>,
  { repName, customerName }: KnownSides,
): Utterance[] {
  const order = [...new Set(utterances.map(({ speaker }) => speaker))];
  const alone = (side: Role) => order.filter((speaker) => roles.get(speaker) === side).length === 1;
  return utterances.map((one) => {
    const role = roles.get(one.speaker) ?? 'other';
    const name = role === 'rep' && alone('rep') ? repName : role === 'customer' && alone('customer') ? customerName : undefined;
    return { ...one, role, speaker: name ?? unnamed(order.indexOf(one.speaker)) };
  });
}
