import { refuseUnknown } from './graph.ts';
import { codeOf, type People } from './people.ts';
import { reachCode } from './reach.ts';

/** Targets by their bound, a bucket a byte; whoever nobody reaches that well is left out, and would be on no path to another. */
export function orderTargets(targets: ArrayLike<number>, people: People, hops: number, least: number): Uint32Array {
  const last = least < 1 ? reachCode(least) : -1;
  const places = new Uint32Array(last + 2);
  for (let at = 0; at < targets.length; at++) {
    const target = targets[at] ?? -1;
    refuseUnknown(people.length, target);
    const code = codeOf(people[target] ?? 0, hops);
    if (code <= last) places[code + 1] = (places[code + 1] ?? 0) + 1;
  }
  for (let code = 0; code <= last; code++) places[code + 1] = (places[code + 1] ?? 0) + (places[code] ?? 0);
  const order = new Uint32Array(places[last + 1] ?? 0);
  for (let at = 0; at < targets.length; at++) {
    const target = targets[at] ?? 0;
    const code = codeOf(people[target] ?? 0, hops);
    if (code > last) continue;
    const place = places[code] ?? 0;
    order[place] = target;
    places[code] = place + 1;
  }
  return order;
}
