import { expect, test } from 'vitest';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Reach } from '../../ports/crm.ts';
import type { CrmMeeting } from '../../ports/crm-calendar.ts';
import { type LookAheadDeps, lookAhead } from './look-ahead.ts';

const nowMs = Date.parse('2026-11-23T14:00:00Z');
const deal = { object: 'deal', id: '7001' } as const;
const contact = { object: 'contact', id: '9001' } as const;
const host = { id: '71', email: 'sam@brightloop.example' };
const known = { at: '2026-11-23T14:00:00.000Z', name: 'Cobalt', people: [] };
const reach: Reach = { owner: true, team: true, any: true };
const meeting = (over: Partial<CrmMeeting> = {}): CrmMeeting => ({
  id: '1',
  startsAt: '2026-11-23T14:18:00.000Z',
  about: [deal],
  host,
  ...over,
});

function desk(meetings: Result<CrmMeeting[]>, over: Partial<LookAheadDeps> = {}) {
  const log: string[] = [];
  const rows: Parameters<LookAheadDeps['save']>[0][number][] = [];
  const deps: LookAheadDeps = {
    now: () => nowMs,
    between: async (from, to) => {
      log.push(`between ${from} ${to}`);
      return meetings;
    },
    save: async (ahead) => {
      rows.splice(0, rows.length, ...ahead);
      log.push(`save ${ahead.map(({ meetingId, record }) => `${meetingId}/${record.object}`).join(' ')}`);
    },
    unprepared: async (before, limit) => rows.filter(({ startsAt }) => startsAt <= before).slice(0, limit),
    dealOf: async () => ok(known),
    reach: async () => ok(reach),
    savePrepared: async ({ meetingId, record }, { deal: read, reach: may }) => {
      log.push(`prepared ${meetingId}/${record.object} ${read?.name ?? 'nothing'} ${may?.any ?? 'nobody'}`);
    },
    ...over,
  };
  return { deps, log };
}

test('what comes within the hour is known, and what begins soon has its record read once for each record', async () => {
  const later = meeting({ id: '2', startsAt: '2026-11-23T14:50:00.000Z' });
  const { deps, log } = desk(ok([meeting({ about: [deal, contact, deal] }), later]));
  expect(await lookAhead(deps)).toEqual(ok(2));
  expect(log).toEqual([
    'between 2026-11-23T13:55:00.000Z 2026-11-23T15:00:00.000Z',
    'save 1/deal 1/contact 2/deal',
    'prepared 1/deal Cobalt true',
    'prepared 1/contact Cobalt true',
  ]);
});

test('nobody is let in by a meeting without a host', async () => {
  const { deps, log } = desk(ok([meeting({ host: null })]));
  await lookAhead(deps);
  expect(log.at(-1)).toBe('prepared 1/deal Cobalt nobody');
});

test('a CRM that is slow is asked again at the next look; what it refuses for good is not', async () => {
  const busy = desk(ok([meeting()]), { dealOf: async () => failed({ kind: 'busy', said: 'Later.' }) });
  await lookAhead(busy.deps);
  expect(busy.log.some((line) => line.startsWith('prepared'))).toBe(false);
  const gone = desk(ok([meeting()]), { dealOf: async () => failed({ kind: 'gone', said: 'Gone.' }) });
  await lookAhead(gone.deps);
  expect(gone.log.at(-1)).toBe('prepared 1/deal nothing true');
});

test('a calendar that cannot be read leaves what was known', async () => {
  const { deps, log } = desk(failed({ kind: 'busy', said: 'Later.' }));
  expect(await lookAhead(deps)).toMatchObject({ ok: false });
  expect(log).toHaveLength(1);
});

test('a full calendar is read in bounds', async () => {
  const { deps, log } = desk(ok(Array.from({ length: 50 }, (_, n) => meeting({ id: `${n}` }))));
  expect(await lookAhead(deps)).toEqual(ok(25));
  expect(log.filter((line) => line.startsWith('prepared'))).toHaveLength(25);
});
