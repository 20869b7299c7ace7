import type { BriefLine, BriefSource } from '../../contracts/brief.ts';
import type { Influence } from '../../contracts/need.ts';
import { plain } from '../../kit/ids.ts';
import type { Known } from './known.ts';
import { fromCall, fromCrm } from './sources.ts';

const OTHERS_MAX = 4;

interface Someone {
  name: string;
  /** "Head of Operations, carries it inside" */
  about: string;
  source: BriefSource;
  rank: number;
}

/** Who they are: the one who matters most, the way to them, and the others. */
export function people(known: Known): BriefLine[] {
  const [first, ...others] = everybody(known);
  const path: BriefLine[] = known.path
    ? [
        {
          kind: 'path',
          text: `${known.path.introducer} can introduce you to ${known.path.target}.`,
          sources: [{ from: 'contacts', at: new Date(known.nowMs).toISOString() }],
        },
      ]
    : [];
  if (!first) return path;
  const shown = others.slice(0, OTHERS_MAX);
  return [
    { kind: 'person', text: say(first, ', '), sources: [first.source] },
    ...path,
    ...(shown.length === 0
      ? []
      : [
          {
            kind: 'person' as const,
            text: `Also: ${shown.map((one) => (one.about === '' ? one.name : `${one.name} (${one.about})`)).join(', ')}`,
            sources: shown.map(({ source }) => source),
          },
        ]),
  ];
}

/** Each once, by what was heard of them last; then those whom only the CRM knows. */
function everybody({ calls, deal }: Known): Someone[] {
  const all = [
    ...calls.flatMap((call) => [
      ...call.people.map(({ name, role, influence, evidence }) => ({
        name,
        about: [role, influences[influence]].filter(Boolean).join(', '),
        source: fromCall(call, evidence),
        rank: ranks.indexOf(influence),
      })),
      { name: call.customerName, about: '', source: fromCall(call), rank: ranks.length },
    ]),
    ...(deal?.people ?? []).map((name) => ({
      name,
      about: calls.length > 0 ? 'not heard yet' : '',
      source: deal ? fromCrm(deal, 'People') : { from: 'contacts' as const, at: '' },
      rank: ranks.length + 1,
    })),
  ];
  const once = new Map<string, Someone>();
  for (const one of all) {
    const key = [...once.keys()].find((held) => isSame(held, plain(one.name))) ?? plain(one.name);
    if (key === '') continue;
    const held = once.get(key);
    // The longer name is the fuller one: "Maya" was said, "Maya Lindqvist" is on the record.
    if (!held) once.set(key, one);
    else
      once.set(key, { ...held, about: held.about || (one.about === 'not heard yet' ? '' : one.about), name: longer(held.name, one.name) });
  }
  return [...once.values()].sort((a, b) => a.rank - b.rank);
}

/** "maya" is "maya lindqvist". */
const isSame = (a: string, b: string): boolean => a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
const longer = (a: string, b: string): string => (b.length > a.length ? b : a);
const say = ({ name, about }: Someone, by: string): string => (about === '' ? name : `${name}${by}${about}`);

const ranks: readonly Influence[] = ['economic_buyer', 'champion', 'blocker', 'coach', 'user', 'unknown'];
const influences: Record<Influence, string> = {
  economic_buyer: 'decides on the money',
  champion: 'carries it inside',
  blocker: 'is against it',
  coach: 'helps us',
  user: 'would use it',
  unknown: '',
};
