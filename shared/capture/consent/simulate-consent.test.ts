import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePlays } from '../../guide/compile-plays.ts';
import { newSession } from '../../guide/session.ts';
import { type Heard, step } from '../../guide/step.ts';
import { type Asked, ask, mayHear, newAsking, standing } from './consent.ts';

const rule = fc.constantFrom('one-party' as const, 'all-told' as const, 'all-yes' as const);
const people = ['customer', 'lena', 'tom'];
const atMs = fc.integer({ min: 0, max: 20_000 });
const party = fc.constantFrom(...people);
const by = fc.constantFrom('71', '72');
/** In any order, with any times: sounds that come late, words from before a joiner, everything twice. */
const event = fc.oneof(
  { weight: 8, arbitrary: fc.record({ is: fc.constant('frame' as const), atMs }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('announced' as const), atMs }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('yes' as const), by, atMs, party: fc.option(party, { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('no' as const), by, atMs }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('took-back' as const), by, atMs }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('joined' as const), party, atMs }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('left' as const), party, atMs }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('time' as const), atMs }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('again' as const), back: fc.integer({ min: 1, max: 6 }) }) },
);
type Happened = Exclude<typeof event extends fc.Arbitrary<infer T> ? T : never, { is: 'again' }>;

/** Everything twice: `again` is an earlier event, whole. */
const calls = fc.array(event, { minLength: 5, maxLength: 60 }).map((all) => {
  const happened: Happened[] = [];
  for (const one of all) {
    const it = one.is === 'again' ? happened.at(-one.back) : one;
    if (it) happened.push(it);
  }
  return happened;
});

const asked = (one: Exclude<Happened, { is: 'frame' }>): Asked => {
  if (one.is !== 'yes') return one;
  const { party: whose, ...rest } = one;
  return whose === undefined ? rest : { ...rest, party: whose };
};

/**
 * Who may be heard, told a second time and without the machine: the whole history is read anew for each sound. It knows no gate and no
 * state, only who was there, what each of them was told and said, and when.
 */
function mayBeHeard(history: readonly Happened[], sound: number, its: 'one-party' | 'all-told' | 'all-yes'): boolean {
  if (isRefused(history)) return false;
  const nowMs = Math.max(0, ...history.flatMap((one) => (one.is === 'frame' ? [] : [one.atMs])));
  const present = presentAfter(history);
  if (present.size === 0) return false;
  for (const [who, cameMs] of present) {
    const since = lastComing(history, who);
    const later = history.slice(since);
    // Whatever they said has to be said by the moment of the sound.
    const said = later.filter((one) => one.atMs >= cameMs && one.atMs <= sound);
    const yes = said.filter((one) => one.is === 'took-back' || (one.is === 'yes' && (one.party ?? who) === who));
    const tellings = said.flatMap((one) => (one.is === 'announced' ? [one.atMs] : []));
    const hasStayed = tellings.some((toldMs) => Math.min(nowMs, sound) - toldMs >= 3_000);
    const agrees = yes.length > 0 || (its === 'one-party' && tellings.length > 0) || (its === 'all-told' && hasStayed);
    if (!agrees || sound < cameMs) return false;
  }
  return true;
}

function isRefused(history: readonly Happened[]): boolean {
  let no: { by: string; atMs: number } | null = null;
  for (const one of history) {
    if (one.is === 'no') no ??= one;
    if (one.is === 'took-back' && no?.by === one.by && one.atMs >= no.atMs) no = null;
  }
  return no !== null;
}

/** Who is there, and when they came last. */
function presentAfter(history: readonly Happened[]): Map<string, number> {
  const came = new Map([['customer', 0]]);
  const present = new Set(['customer']);
  for (const one of history) {
    if (one.is === 'joined' && one.atMs > (came.get(one.party) ?? -1)) {
      came.set(one.party, one.atMs);
      present.add(one.party);
    }
    if (one.is === 'left' && came.has(one.party) && one.atMs >= (came.get(one.party) ?? 0)) present.delete(one.party);
  }
  return new Map([...came].filter(([who]) => present.has(who)));
}

/** Where in the history somebody came last: what was said before is not theirs. */
function lastComing(history: readonly Happened[], who: string): number {
  let cameMs = who === 'customer' ? 0 : -1;
  let at = 0;
  for (const [i, one] of history.entries())
    if (one.is === 'joined' && one.party === who && one.atMs > cameMs) {
      cameMs = one.atMs;
      at = i;
    }
  return at;
}

test('in any order of sounds, words and people, not one byte is kept outside consent, and none after a no', () => {
  let kept = 0;
  fc.assert(
    fc.property(calls, rule, (happened, its) => {
      let asking = newAsking(its);
      let store: number[] = [];
      for (const [i, one] of happened.entries()) {
        if (one.is === 'frame') {
          if (!mayHear(asking, one.atMs)) continue;
          expect(mayBeHeard(happened.slice(0, i), one.atMs, its)).toBe(true);
          expect(standing(asking)).toBe('granted');
          store.push(one.atMs);
          kept += 1;
          continue;
        }
        const [next, effects] = ask(asking, asked(one));
        // A checkpoint between any two steps changes nothing.
        expect(ask(JSON.parse(JSON.stringify(asking)), asked(one))).toEqual([next, effects]);
        if (effects.includes('purge')) store = [];
        asking = next;
        if (standing(asking) === 'refused') expect(store).toEqual([]);
        expect(isRefused(happened.slice(0, i + 1))).toBe(standing(asking) === 'refused');
        expect(mayHear(asking, Number.MAX_SAFE_INTEGER)).toBe(standing(asking) === 'granted');
      }
    }),
    { numRuns: 3_000, seed: 20_261_121 },
  );
  // The silence above means something: there were sounds that were kept.
  expect(kept).toBeGreaterThan(500);
});

test('the live call’s reducer hears words and opens recognition only where the gate stands open', () => {
  const plays = compilePlays([], []);
  fc.assert(
    fc.property(calls, rule, (happened, its) => {
      let session = step(newSession({ callId: 'c', rule: its }), { type: 'line-started' }, plays)[0];
      for (const one of happened) {
        const [next] = step(session, heardOf(one), plays);
        const mayBeOpen = mayHear(next.asking, Number.MAX_SAFE_INTEGER);
        expect([next.speechOpen, next.consent === 'granted']).toEqual([mayBeOpen, mayBeOpen]);
        if (one.is === 'frame' && !mayHear(session.asking, one.atMs)) expect(next.lines).toEqual(session.lines);
        if (next.consent === 'refused') expect(next.lines).toEqual([]);
        session = next;
      }
    }),
    { numRuns: 500, seed: 20_261_121 },
  );
});

let turn = 0;
function heardOf(one: Happened): Heard {
  switch (one.is) {
    case 'frame':
      return { type: 'turn', role: 'customer', turn: turn++, text: 'well', words: [], final: true, atMs: one.atMs };
    case 'announced':
      return { type: 'consent', consent: 'announced', by: 'line', atMs: one.atMs };
    case 'yes':
      return { type: 'consent', consent: 'granted', by: one.by, atMs: one.atMs, ...(one.party === undefined ? {} : { party: one.party }) };
    case 'no':
      return { type: 'consent', consent: 'refused', by: one.by, atMs: one.atMs };
    case 'took-back':
      return { type: 'consent', consent: 'took-back', by: one.by, atMs: one.atMs };
    case 'joined':
    case 'left':
      return { type: one.is, party: one.party, atMs: one.atMs };
    case 'time':
      return { type: 'tick', atMs: one.atMs };
  }
}
