import { PackedLists, personsMax, wordsPerArc, writeArc } from './lists.ts';
import { strengthCode, strengths } from './strength.ts';

/** Who is linked with whom, as columns. `abFast`, `abSlow`: how readily b answers a, on the two scales at the epoch. */
export interface Links {
  a: Uint32Array;
  b: Uint32Array;
  abFast: Float32Array;
  abSlow: Float32Array;
  baFast: Float32Array;
  baSlow: Float32Array;
}

/** What was not taken in: links with oneself, with nobody we know, and a pair that came again (its strongest stays). */
export interface Refused {
  self: number;
  unknown: number;
  twice: number;
}

/** Lists of `persons` people (ids 0 to persons − 1) out of all their links at once. */
export function buildLists(persons: number, links: Links): { lists: PackedLists; refused: Refused } {
  if (persons > personsMax) throw new RangeError(`More than ${personsMax} persons.`);
  const refused = { self: 0, unknown: 0, twice: 0 };
  const starts = new Uint32Array(persons + 1);
  const { a, b } = links;
  const isTaken = (at: number) => a[at] !== b[at] && (a[at] ?? persons) < persons && (b[at] ?? persons) < persons;
  for (let at = 0; at < a.length; at++) {
    if (a[at] === b[at]) refused.self++;
    else if (!isTaken(at)) refused.unknown++;
    else {
      for (const ends of [a, b]) starts[(ends[at] ?? 0) + 1] = (starts[(ends[at] ?? 0) + 1] ?? 0) + 1;
    }
  }
  for (let person = 0; person < persons; person++) starts[person + 1] = (starts[person + 1] ?? 0) + (starts[person] ?? 0);
  // Which link, and from which end, lies at each place: link × 2 + end.
  const places = new Uint32Array(starts[persons] ?? 0);
  const next = starts.slice(0, persons);
  for (let at = 0; at < a.length; at++) {
    if (!isTaken(at)) continue;
    for (const [end, person] of [b[at] ?? 0, a[at] ?? 0].entries()) {
      const place = next[person] ?? 0;
      places[place] = at * 2 + end;
      next[person] = place + 1;
    }
  }
  return { lists: fill(persons, links, starts, places, refused), refused };
}

function fill(persons: number, links: Links, starts: Uint32Array, places: Uint32Array, refused: Refused): PackedLists {
  const words = new Uint16Array(places.length * wordsPerArc);
  const kept = new Uint32Array(persons + 1);
  const lastSeen = new Uint32Array(persons);
  let to = 0;
  for (let person = 0; person < persons; person++) {
    const arcs = Array.from(places.subarray(starts[person], starts[person + 1]), (place) => {
      const [at, fromA] = [place >>> 1, (place & 1) === 0];
      const fast = strengthCode((fromA ? links.abFast[at] : links.baFast[at]) ?? 0);
      const slow = strengthCode((fromA ? links.abSlow[at] : links.baSlow[at]) ?? 0);
      return { from: (fromA ? links.a[at] : links.b[at]) ?? 0, fast, slow, strength: (strengths[fast] ?? 0) + (strengths[slow] ?? 0) };
    }).sort((one, two) => two.strength - one.strength);
    for (const { from, fast, slow } of arcs) {
      if (lastSeen[from] === person + 1) {
        refused.twice++;
        continue;
      }
      lastSeen[from] = person + 1;
      writeArc(words, to++ * wordsPerArc, from, fast, slow);
    }
    kept[person + 1] = to;
  }
  refused.twice /= 2;
  return new PackedLists(kept, to * wordsPerArc === words.length ? words : words.slice(0, to * wordsPerArc));
}
