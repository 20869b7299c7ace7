import type { Role, Utterance } from '../contracts/transcript.ts';

/**
 * Who is the rep? Labels that say so, then the names given, then who introduces themselves, asks and pitches, else who speaks first.
 * Everybody else is the customer; with a single unnamed voice nobody can tell, and it stays `other`.
 */
export function assignRoles(utterances: readonly Utterance[], names: { repName?: string; customerName?: string } = {}): Utterance[] {
  const voices = Map.groupBy(utterances, (one) => one.speaker);
  const speakers = [...voices.keys()];
  const roles = new Map<string, Role>();
  for (const speaker of speakers) {
    const role =
      labelled(speaker) ?? (isName(speaker, names.repName) ? 'rep' : isName(speaker, names.customerName) ? 'customer' : undefined);
    if (role) roles.set(speaker, role);
  }
  const open = speakers.filter((speaker) => !roles.has(speaker));
  const known = new Set(roles.values());
  if (!known.has('rep') && open.length > 0 && (speakers.length > 1 || known.size > 0)) {
    const scores = new Map(open.map((speaker) => [speaker, sells(voices.get(speaker) ?? [])]));
    const rep = open.reduce((best, speaker) => ((scores.get(speaker) ?? 0) > (scores.get(best) ?? 0) ? speaker : best));
    roles.set(rep, 'rep');
  }
  for (const speaker of open) if (!roles.has(speaker)) roles.set(speaker, speakers.length > 1 ? 'customer' : 'other');
  return utterances.map((one) => ({ ...one, role: roles.get(one.speaker) ?? 'other' }));
}

function labelled(speaker: string): Role | undefined {
  if (
    /(?:^|[^\p{L}])(?:rep|sales ?rep|representative|agent|seller|salesperson|sales(?:man|woman)?|ae|sdr|bdr|account (?:executive|manager)|consultant|advisor)(?:$|[^\p{L}])/iu.test(
      speaker,
    )
  )
    return 'rep';
  if (/(?:^|[^\p{L}])(?:customer|client|prospect|buyer|lead|caller|guest)(?:$|[^\p{L}])/iu.test(speaker)) return 'customer';
  return undefined;
}

/** "Sam", "Okafor, Sam" and "Sam Okafor (Brightloop)" are Sam Okafor; a shared first name alone is enough. */
function isName(speaker: string, name: string | undefined): boolean {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}'\u2019-]+/gu) ?? [];
  const wanted = words(name ?? '');
  const given = words(speaker);
  const first = wanted[0];
  if (first === undefined) return false;
  return given.length === 1 ? wanted.includes(given[0] ?? '') : wanted.every((word) => given.includes(word));
}

/** How much this voice sounds like selling. */
function sells(mine: readonly Utterance[]): number {
  let score = 0;
  for (const [nth, { text }] of mine.slice(0, 200).entries()) {
    if (nth < 3 && INTRODUCES.test(text)) score += 4;
    score += (text.match(PITCHES)?.length ?? 0) * 1.5;
    if (ASKS.test(text)) score += 1;
    score -= (text.match(BUYS)?.length ?? 0) * 1.5;
  }
  return score;
}

const INTRODUCES =
  /\b(?:(?:this is|it['\u2019]s|i['\u2019]m|my name is) \p{L}+,?(?: \p{L}+)? (?:from|with|at|over at|calling)|calling (?:from|about|on behalf)|thanks? (?:you )?(?:so much )?for (?:taking the time|joining|your time|hopping on|making time)|call (?:is|being|be) (?:being )?recorded)\b/iu;
const PITCHES =
  /\b(?:our (?:platform|product|customers|clients|solution|tool|software|team can|pricing|plans?)|we (?:help|offer|provide|work with|integrate|support)|let me (?:show|walk|share)|i(?:['\u2019]ll| will| can) send you|happy to (?:show|send)|would you be open|does that make sense|teams (?:like|your size))\b/giu;
const ASKS =
  /\b(?:what|how|who|when|which|tell me)\b[^?]{0,120}\b(?:you|your)\b[^?]{0,120}\?|\b(?:are|do|have|would|could|can) you\b[^?]{0,120}\?/iu;
const BUYS =
  /\b(?:our current|we(?:['\u2019]re| are) (?:using|looking|currently)|how much (?:is|does|would)|what does it cost|too expensive|our budget|your (?:product|platform|pricing|price|tool|software)|do you (?:offer|support|integrate|have)|can you send|my (?:boss|manager|cfo))\b/giu;
