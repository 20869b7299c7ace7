import { expect, test } from 'vitest';
import { type Noticed, newWatch, nextTickMs, notice } from './schedule.ts';

/** What is ordered when, over a call that is told event by event; ticks come when they are asked for. */
function play(events: readonly (Noticed & { atMs: number })[], untilMs = events.at(-1)?.atMs ?? 0): string[] {
  let watch = newWatch();
  const told: string[] = [];
  const feed = (event: Noticed) => {
    const [next, orders] = notice(watch, event);
    watch = next;
    told.push(...orders.map((order) => `${event.atMs} ${order.do} ${order.epoch}`));
  };
  const tickTo = (atMs: number) => {
    for (let tick = nextTickMs(watch); tick !== null && tick <= atMs; tick = nextTickMs(watch)) {
      const before = watch;
      feed({ is: 'tick', atMs: tick });
      if (watch === before) break;
    }
  };
  for (const event of events) {
    tickTo(event.atMs - 1);
    feed(event);
  }
  tickTo(untilMs);
  return told;
}

const customer = (atMs: number, turn: number, words: number, final = true): Noticed => ({
  is: 'turn',
  role: 'customer',
  turn,
  words,
  final,
  atMs,
});
const rep = (atMs: number, turn: number, words: number, final = false): Noticed => ({ is: 'turn', role: 'rep', turn, words, final, atMs });
const pause = (atMs: number, turn: number, how: 'eager' | 'resumed'): Noticed => ({ is: 'pause', how, role: 'customer', turn, atMs });
const done = (atMs: number, epoch: number, how: 'answered' | 'late' | 'busy' | 'refused' = 'answered', waitMs = 0): Noticed => ({
  is: 'done',
  epoch,
  how,
  waitMs,
  atMs,
});

test('asks when the customer has said eight words and stops, and not for seven', () => {
  expect(play([customer(1_000, 0, 7)])).toEqual([]);
  expect(play([customer(1_000, 0, 8)])).toEqual(['1000 ask 1']);
  expect(play([customer(1_000, 0, 5), customer(2_000, 1, 3)])).toEqual(['2000 ask 1']);
});

test('words count once, however often a turn is heard', () => {
  const turn = [customer(1_000, 0, 3, false), customer(1_200, 0, 5, false), customer(1_400, 0, 6), customer(1_500, 0, 6)];
  expect(play(turn)).toEqual([]);
});

test('asks a quarter of a second earlier where the turn is probably over, and not again when it is', () => {
  expect(play([customer(900, 0, 9, false), pause(1_000, 0, 'eager'), customer(1_260, 0, 9), done(1_900, 1)])).toEqual(['1000 ask 1']);
});

test('gives up when the customer goes on speaking', () => {
  const events = [customer(900, 0, 9, false), pause(1_000, 0, 'eager'), pause(1_200, 0, 'resumed'), customer(3_000, 0, 12)];
  expect(play(events, 10_000)).toEqual(['1000 ask 1', '1200 give-up 1', '6500 ask 2']);
});

test('of triggers that come soon after one another the last one counts, once it is quiet', () => {
  const events = [customer(1_000, 0, 9), done(1_500, 1), customer(2_000, 1, 9), customer(4_000, 2, 9)];
  expect(play(events, 20_000)).toEqual(['1000 ask 1', '7500 ask 2']);
});

test('one at a time: what becomes due meanwhile is asked right after', () => {
  const hit: Noticed = { is: 'hit', atMs: 4_600 };
  expect(play([customer(1_000, 0, 9), hit, done(4_800, 1)])).toEqual(['1000 ask 1', '4800 ask 2']);
});

test('a newer turn of the customer’s ends a question, and its words are read with the next one', () => {
  const events = [customer(1_000, 0, 9), customer(1_500, 1, 1, false), customer(2_000, 1, 2)];
  expect(play(events, 9_000)).toEqual(['1000 ask 1', '1500 give-up 1', '5500 ask 2']);
});

test('a rep who begins to speak ends it too; an "okay, sure" is not speaking', () => {
  expect(play([customer(1_000, 0, 9), rep(1_500, 0, 2), rep(1_900, 0, 3)])).toEqual(['1000 ask 1', '1900 give-up 1']);
});

test('nothing is asked while the rep speaks', () => {
  expect(play([rep(500, 0, 6), customer(1_000, 0, 9)], 5_000)).toEqual([]);
});

test('new words are not left unread for more than twenty seconds', () => {
  const long = Array.from({ length: 60 }, (_, n) => customer(1_000 + n * 1_000, 0, 3 * (n + 1), false));
  expect(play(long).slice(0, 1)).toEqual(['21000 ask 1']);
  expect(play([customer(1_000, 0, 9), done(1_900, 1)], 120_000)).toEqual(['1000 ask 1']);
});

test('a card of the rules’ is put in their words at once', () => {
  expect(play([customer(900, 0, 4, false), { is: 'hit', atMs: 910 }])).toEqual(['910 ask 1']);
});

test('quiet mode ends it and asks nothing; after it, it goes on', () => {
  const quiet = (atMs: number, is: boolean): Noticed => ({ is: 'quiet', quiet: is, atMs });
  const events = [customer(1_000, 0, 9), quiet(1_100, true), customer(9_000, 1, 20), quiet(9_500, false), customer(9_900, 2, 9)];
  expect(play(events)).toEqual(['1000 ask 1', '1100 give-up 1', '9900 ask 2']);
});

test('a vendor that is busy is left alone, for longer each time', () => {
  const events = [customer(1_000, 0, 9), done(1_200, 1, 'busy'), customer(5_000, 1, 9), done(6_300, 2, 'busy', 30_000)];
  expect(play(events, 30_000)).toEqual(['1000 ask 1', '6200 ask 2']);
  const more = [...events, customer(30_000, 2, 9)];
  expect(play(more, 60_000)).toEqual(['1000 ask 1', '6200 ask 2', '36300 ask 3']);
});

test('an answer of an earlier epoch changes nothing', () => {
  const events = [customer(1_000, 0, 9), customer(2_000, 1, 9), done(2_100, 1), customer(6_000, 2, 1, false)];
  expect(play(events, 6_000)).toEqual(['1000 ask 1', '2000 give-up 1', '5500 ask 2', '6000 give-up 2']);
});

test('never asks more often than its rules say, whatever comes', () => {
  let seed = 7;
  const chance = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  let watch = newWatch();
  let open = 0;
  const asked: number[] = [];
  for (let atMs = 0, turn = 0; atMs < 1_800_000; atMs += 250) {
    turn += chance() < 0.1 ? 1 : 0;
    const events: Noticed[] = [
      customer(atMs, turn, Math.floor(chance() * 30), chance() < 0.2),
      rep(atMs, turn, Math.floor(chance() * 6), chance() < 0.5),
      pause(atMs, turn, chance() < 0.5 ? 'eager' : 'resumed'),
      { is: 'hit', atMs },
      done(atMs, watch.epoch, chance() < 0.8 ? 'answered' : 'late'),
      { is: 'tick', atMs },
    ];
    const event = events[Math.floor(chance() * events.length)];
    if (!event) continue;
    const [next, orders] = notice(watch, event);
    if (event.is === 'done' && watch.running?.epoch === event.epoch) open -= 1;
    watch = next;
    for (const order of orders) {
      open += order.do === 'ask' ? 1 : -1;
      if (order.do === 'ask') asked.push(atMs);
    }
    expect(open).toBe(watch.running ? 1 : 0);
  }
  expect(asked.length).toBeGreaterThan(50);
  expect(Math.min(...asked.slice(1).map((atMs, n) => atMs - (asked[n] ?? 0)))).toBeGreaterThanOrEqual(3_500);
});
