import { expect, test } from 'vitest';
import { type Asked, type Asking, ask, type ConsentEffect, dueAtMs, mayHear, mayKeep, newAsking, standing } from './consent.ts';

const told = (atMs: number): Asked => ({ is: 'announced', atMs });
const yes = (atMs: number, by = '71', party?: string): Asked => ({ is: 'yes', by, atMs, ...(party === undefined ? {} : { party }) });
const no = (atMs: number, by = '71'): Asked => ({ is: 'no', by, atMs });
const back = (atMs: number, by = '71'): Asked => ({ is: 'took-back', by, atMs });
const joined = (party: string, atMs: number): Asked => ({ is: 'joined', party, atMs });
const left = (party: string, atMs: number): Asked => ({ is: 'left', party, atMs });
const time = (atMs: number): Asked => ({ is: 'time', atMs });

function after(asked: readonly Asked[], rule: Asking['rule'] = 'all-yes'): { asking: Asking; effects: ConsentEffect[] } {
  let asking = newAsking(rule);
  const effects: ConsentEffect[] = [];
  for (const one of asked) {
    const [next, said] = ask(asking, one);
    asking = next;
    effects.push(...said);
  }
  return { asking, effects };
}
const stands = (asked: readonly Asked[], rule?: Asking['rule']) => standing(after(asked, rule).asking);

test('goes from unknown to announced to granted, and opens the gate once', () => {
  expect(stands([])).toBe('unknown');
  expect(stands([told(0)])).toBe('announced');
  expect(stands([told(0), yes(900)])).toBe('granted');
  expect(after([told(0), told(0), yes(900), yes(900), yes(1_500)]).effects).toEqual(['open']);
});

test('a sound from before the yes may not be heard, however late it is handed over', () => {
  const { asking } = after([told(0), yes(900)]);
  expect([899, 900, 901].map((atMs) => mayHear(asking, atMs))).toEqual([false, true, true]);
});

test('where one party’s knowledge is enough, the announcement opens the call', () => {
  expect(stands([], 'one-party')).toBe('unknown');
  expect(stands([told(0)], 'one-party')).toBe('granted');
});

test('where everybody has to be told, staying on the line for three seconds is an answer', () => {
  expect(stands([told(500), time(3_499)], 'all-told')).toBe('announced');
  expect(stands([told(500), time(3_500)], 'all-told')).toBe('granted');
  expect(dueAtMs(after([told(500)], 'all-told').asking)).toBe(3_500);
  expect(stands([told(500), no(2_000), time(9_000)], 'all-told')).toBe('refused');
});

test('where everybody has to say yes, no time is an answer', () => {
  expect(stands([told(0), time(60_000)])).toBe('announced');
});

test('who comes late shuts the gate until they are told and agree', () => {
  const before = [told(0), yes(900)];
  const { asking, effects } = after([...before, joined('lena', 5_000)]);
  expect([standing(asking), mayHear(asking, 5_001), effects]).toEqual(['announced', false, ['open', 'shut', 'announce']]);
  expect(stands([...before, joined('lena', 5_000), yes(4_999)])).toBe('announced');
  expect(stands([...before, joined('lena', 5_000), told(6_000)])).toBe('announced');
  const again = after([...before, joined('lena', 5_000), yes(7_000, '71', 'lena')]).asking;
  expect([standing(again), mayHear(again, 6_999), mayHear(again, 7_000)]).toEqual(['granted', false, true]);
  expect(stands([...before, joined('lena', 5_000), left('lena', 6_000)])).toBe('granted');
});

test('a late joiner has to be told where one party’s knowledge is enough, too', () => {
  expect(stands([told(0), joined('lena', 5_000)], 'one-party')).toBe('announced');
  expect(stands([told(0), joined('lena', 5_000), told(6_000)], 'one-party')).toBe('granted');
});

test('told twice that somebody came, nothing changes; who comes again is asked again', () => {
  const agreed = [told(0), joined('lena', 5_000), yes(6_000)];
  expect(stands([...agreed, joined('lena', 5_000)])).toBe('granted');
  expect(stands([...agreed, left('lena', 7_000), joined('lena', 5_000)])).toBe('granted');
  expect(stands([...agreed, left('lena', 7_000), joined('lena', 8_000)])).toBe('announced');
});

test('nobody on the line is nobody who agrees', () => {
  expect(stands([told(0), yes(900), left('customer', 2_000)])).toBe('announced');
});

test('a no is final, empties what was heard, and a late or repeated yes changes nothing', () => {
  const { asking, effects } = after([told(0), yes(900), no(2_000), no(2_000), yes(900), yes(3_000), told(4_000)]);
  expect([standing(asking), effects]).toEqual(['refused', ['open', 'shut', 'purge']]);
});

test('only who said no takes it back, in so many words, and nothing from before is heard', () => {
  expect(stands([told(0), no(2_000), back(3_000, '72')])).toBe('refused');
  expect(stands([told(0), no(2_000), back(1_999)])).toBe('refused');
  const { asking } = after([told(0), yes(900), no(2_000), back(3_000)]);
  expect([standing(asking), mayHear(asking, 2_999), mayHear(asking, 3_000)]).toEqual(['granted', false, true]);
});

test('an announcement nobody answered expires after half an hour, and may be made again', () => {
  expect(stands([told(0), time(1_799_999)])).toBe('announced');
  expect(stands([told(0), time(1_800_000)])).toBe('expired');
  expect(stands([told(0), time(1_800_000), told(1_900_000)])).toBe('announced');
  expect(stands([told(0), time(1_800_000), yes(1_900_000)])).toBe('granted');
});

test('a yes is for one conversation: after four hours it is asked anew', () => {
  const { asking, effects } = after([told(0), yes(900), time(900 + 4 * 3_600_000)]);
  expect([standing(asking), effects]).toEqual(['expired', ['open', 'shut']]);
});

test('what others hand over is kept with everybody’s yes alone', () => {
  const all = ['unknown', 'announced', 'granted', 'refused', 'expired'] as const;
  expect(all.filter((consent) => mayKeep(consent))).toEqual(['granted']);
});
