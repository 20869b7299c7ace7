import { expect, test } from 'vitest';
import { failed, ok, type Result } from '../../shared/kit/result.ts';
import { type HearDeps, hearUninstalls, type Journal } from './hear-uninstalls.ts';

const noon = Date.parse('2026-11-20T12:00:00.000Z');
const gone = failed({ kind: 'gone', said: 'No such place.' } as const);
const away = failed({ kind: 'broken', said: 'Away.' } as const);

/** A journal of these files, each with one portal that left; it knows no place before `kept`. */
function desk({ files = ['a', 'b', 'c'], kept = 0, place = {}, ...over }: Partial<Desk> = {}) {
  const log: string[] = [];
  const stored: Record<string, string> = { subscribedAt: new Date(noon - 60_000).toISOString(), ...place };
  let nowMs = noon;
  const fileAt = (at: number) => (files[at] ? { offset: files[at], uninstalled: [{ account: `portal-${files[at]}`, atMs: noon }] } : null);
  const journal: Journal = {
    subscribe: async () => {
      log.push('subscribed');
      return ok(true);
    },
    next: async (offset) => {
      log.push(`after ${offset ?? 'nothing'}`);
      if (offset === undefined) return ok(fileAt(kept));
      const at = files.indexOf(offset);
      return at < kept ? gone : ok(fileAt(at + 1));
    },
    latest: async () => ok(files.at(-1) ?? null),
    ...over.journal,
  };
  const deps: HearDeps = {
    now: () => nowMs,
    journal,
    read: async () => stored,
    save: async (name, value) => void Object.assign(stored, { [name]: value }),
    uninstalled: async (account) => {
      log.push(`heard ${account}`);
      await over.uninstalled?.(account);
      nowMs += over.eachTakesMs ?? 0;
    },
  };
  return { deps, log, stored, hear: () => hearUninstalls(deps) };
}
interface Desk {
  files: string[];
  kept: number;
  place: Record<string, string>;
  journal: Partial<Journal>;
  uninstalled: (account: string) => Promise<void>;
  eachTakesMs: number;
}

test('a first round subscribes, and reads from the earliest file to the last', async () => {
  const { hear, log, stored } = desk({ place: { subscribedAt: '2026-11-18T12:00:00.000Z' } });
  expect(await hear()).toEqual(ok(3));
  expect(log).toEqual([
    'subscribed',
    'after nothing',
    'heard portal-a',
    'after a',
    'heard portal-b',
    'after b',
    'heard portal-c',
    'after c',
  ]);
  expect(stored).toEqual({ subscribedAt: '2026-11-20T12:00:00.000Z', offset: 'c' });
});

test('a next round goes on where the last one ended', async () => {
  const { hear, log } = desk({ place: { offset: 'b' } });
  expect(await hear()).toEqual(ok(1));
  expect(log).toEqual(['after b', 'heard portal-c', 'after c']);
});

test('a place that is no longer kept is left for the earliest file', async () => {
  const { hear, log, stored } = desk({ kept: 1, place: { offset: 'a' } });
  expect(await hear()).toEqual(ok(2));
  expect(log).toEqual(['after a', 'after nothing', 'heard portal-b', 'after b', 'heard portal-c', 'after c']);
  expect(stored['offset']).toBe('c');
});

test.each([
  ['the newest file is the one that was read last', ['a', 'b']],
  ['it holds nothing at all', []],
])('a journal that knows no next place has nothing new when %s', async (_, files) => {
  const { hear, log } = desk({ files, kept: 9, place: { offset: 'b' } });
  expect(await hear()).toEqual(ok(0));
  expect(log).toEqual(['after b']);
});

test('a file whose news could not be kept is read again', async () => {
  let fails = true;
  const { hear, log, stored } = desk({
    files: ['a'],
    uninstalled: async () => {
      if (!fails) return;
      fails = false;
      throw new Error('database away');
    },
  });
  await expect(hear()).rejects.toThrow('database away');
  expect(stored['offset']).toBeUndefined();
  expect(await hear()).toEqual(ok(1));
  expect(log).toEqual(['after nothing', 'heard portal-a', 'after nothing', 'heard portal-a', 'after a']);
});

test('a long journal is read over several rounds, and one that goes in circles ends', async () => {
  const files = Array.from({ length: 30 }, (_, n) => `file-${n}`);
  const many = desk({ files });
  expect([await many.hear(), await many.hear()]).toEqual([ok(20), ok(10)]);
  const slow = desk({ files, eachTakesMs: 9_000 });
  expect([await slow.hear(), slow.stored['offset']]).toEqual([ok(3), 'file-2']);
  const lost = desk({ place: { offset: 'x' }, journal: { next: async (): Promise<Result<null>> => gone } });
  expect(await lost.hear()).toEqual(gone);
});

test('what cannot be asked is said, and nothing moves', async () => {
  const mute = desk({ journal: { next: async () => away } });
  expect([await mute.hear(), mute.stored['offset']]).toEqual([away, undefined]);
  const shut = desk({ place: { subscribedAt: '2026-11-01T00:00:00.000Z' }, journal: { subscribe: async () => away } });
  expect([await shut.hear(), shut.log]).toEqual([away, []]);
});
