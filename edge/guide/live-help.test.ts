import { expect, test } from 'vitest';
import { LiveHelp } from './live-help.ts';

const jordan = { id: '80', name: 'Jordan Blake' };

function open(stored = new Map<string, unknown>()) {
  const told: unknown[] = [];
  const timers: { atMs: number; run(): void }[] = [];
  let nowMs = 1_000_000;
  const help = new LiveHelp({
    storage: {
      get: async (key: string) => structuredClone(stored.get(key)),
      put: async (key: string, value: unknown) => void stored.set(key, structuredClone(value)),
    } as unknown as DurableObjectStorage,
    tell: (frame) => told.push(frame),
    now: () => nowMs,
    later: (ms, run) => {
      const timer = { atMs: nowMs + ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  });
  const pass = (ms: number) => {
    const untilMs = nowMs + ms;
    for (let next = due(); next; next = due()) {
      nowMs = next.atMs;
      timers.splice(timers.indexOf(next), 1);
      next.run();
    }
    nowMs = untilMs;
    function due() {
      return timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
    }
  };
  const say = (text: string, requestId = crypto.randomUUID()) => help.whisper({ requestId, from: jordan.name, text, atMs: 61_000 });
  return { help, told, pass, say, stored, timers };
}

test('who looks is told by name, at what, and that they have gone', () => {
  const { help, told, pass } = open();
  help.look(jordan, 'alerts');
  pass(4_000);
  help.look(jordan, 'cards');
  expect(help.shown).toEqual({ watchedBy: [{ name: 'Jordan Blake', sees: 'cards' }], whisper: null });
  // The list is asked for beside the one call: that takes nothing back.
  help.look(jordan, 'alerts');
  pass(12_000);
  help.look(jordan, 'alerts');
  pass(4_000);
  expect(help.shown).toEqual({ watchedBy: [{ name: 'Jordan Blake', sees: 'alerts' }], whisper: null });
  pass(20_000);
  expect(help.shown).toBe(undefined);
  expect(told).toEqual([
    { type: 'watched', by: [{ name: 'Jordan Blake', sees: 'alerts' }] },
    { type: 'watched', by: [{ name: 'Jordan Blake', sees: 'cards' }] },
    { type: 'watched', by: [{ name: 'Jordan Blake', sees: 'alerts' }] },
    { type: 'watched', by: [] },
  ]);
});

test('a line is shown once, and goes by itself after a minute', async () => {
  const { help, told, pass, say, timers } = open();
  expect(await say('Ask who signs.')).toEqual({ atMs: 61_000 });
  const whisper = { id: 'whisper-1', from: 'Jordan Blake', text: 'Ask who signs.', atMs: 61_000 };
  expect(help.shown).toEqual({ watchedBy: [], whisper });
  pass(60_000);
  expect(help.shown).toBe(undefined);
  expect(told).toEqual([
    { type: 'whisper', ...whisper },
    { type: 'whisper-gone', id: 'whisper-1' },
  ]);
  expect(timers).toEqual([]);
});

test('the same press twice is one line, also after an eviction', async () => {
  const { help, told, say, stored } = open();
  const press = crypto.randomUUID();
  help.look(jordan, 'cards');
  await say('Slow down.', press);
  expect(await say('Slow down.', press)).toEqual({ atMs: 61_000 });
  expect(told).toHaveLength(2);
  const back = open(stored);
  await back.help.load();
  expect(back.help.shown?.whisper?.text).toBe('Slow down.');
  expect(await back.say('Slow down.', press)).toEqual({ atMs: 61_000 });
  expect(back.told).toEqual([{ type: 'watched', by: [] }]);
});

test('lines upon each other are refused, and so are too many', async () => {
  const { pass, say } = open();
  await say('One.');
  expect(await say('Two.')).toBe(null);
  for (let nth = 2; nth <= 30; nth += 1) {
    pass(5_000);
    expect(await say(`Line ${nth}.`)).not.toBe(null);
  }
  pass(5_000);
  expect(await say('One more.')).toBe(null);
});

test('the rep puts it away, and only the last line’s words were ever kept', async () => {
  const { help, told, pass, say, stored } = open();
  await say('Kanarienvogel.');
  pass(6_000);
  await say('Ask who signs.');
  expect(JSON.stringify(stored.get('whispers'))).not.toContain('Kanarienvogel');
  expect([help.putAway('card-1'), help.putAway('whisper-1'), help.putAway('whisper-2')]).toEqual([false, true, true]);
  expect(help.shown).toBe(undefined);
  expect(told.at(-1)).toEqual({ type: 'whisper-gone', id: 'whisper-2' });
  expect(JSON.stringify(stored.get('whispers'))).not.toContain('Ask who');
});

test('once the call is over nobody looks, nothing is shown, and no words are kept', async () => {
  const { help, say, stored, timers } = open();
  help.look(jordan, 'cards');
  await say('Ask who signs.');
  help.close();
  expect(help.shown).toBe(undefined);
  expect(JSON.stringify(stored.get('whispers'))).not.toContain('Ask');
  expect(timers).toEqual([]);
});
