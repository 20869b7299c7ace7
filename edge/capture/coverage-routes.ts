import { caughtOr, type KnownCall } from '../../shared/capture/coverage.ts';
import { type CoverageView, type MissedWhy, missedWhy } from '../../shared/contracts/capture.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { Who } from '../http/who.ts';

export interface CoverageDeps {
  now(): number;
  isAdmin(who: Who): Promise<boolean>;
  /** How many calls that began in this time stand how. */
  countsOf(tenantId: string, from: Date, to: Date): Promise<(KnownCall & { count: number })[]>;
  /** The newest calls of that time that have no words, at most `limit`. */
  silentOf(
    tenantId: string,
    from: Date,
    to: Date,
    limit: number,
  ): Promise<(KnownCall & { id: string; startedAt: Date; repName: string; trouble: string | null })[]>;
}

const DAYS_MAX = 400;
/** What is shown to who names no time. */
const DAYS_SHOWN = 30;
const DAY_MS = 86_400_000;
const SHOWN = 200;

/** `GET /v1/capture/coverage[?from=&to=]`: calls caught ÷ calls known, of the last 30 days when no time is named. Known are the calls that came to our doors; others we cannot count. */
export const coverageRoutes = (deps: CoverageDeps) => (app: RosApp) => {
  app.get('/v1/capture/coverage', async (c) => {
    const who = c.get('who');
    const [saidFrom, saidTo] = [c.req.query('from'), c.req.query('to')];
    const isOpen = saidFrom === undefined && saidTo === undefined;
    const to = isOpen ? new Date(deps.now()) : moment(saidTo, 'to');
    const from = isOpen ? new Date(deps.now() - DAYS_SHOWN * DAY_MS) : moment(saidFrom, 'from');
    if (to <= from || to.getTime() - from.getTime() > DAYS_MAX * DAY_MS)
      throw new Problem(400, `The time asked for begins before it ends and is ${DAYS_MAX} days at most.`, 'to');
    if (!(await deps.isAdmin(who))) return no(c, 'no-permission', 'Only who connected Relationship OS can see this.');
    const [counts, silent] = await Promise.all([deps.countsOf(who.tenantId, from, to), deps.silentOf(who.tenantId, from, to, SHOWN)]);
    const sum = (is: (outcome: ReturnType<typeof caughtOr>) => boolean) =>
      counts.reduce((all, one) => all + (is(caughtOr(one)) ? one.count : 0), 0);
    const caught = sum((outcome) => outcome === 'caught');
    const known = sum((outcome) => outcome !== null);
    return yes(c, {
      from: from.toISOString(),
      to: to.toISOString(),
      known,
      caught,
      share: known === 0 ? null : caught / known,
      open: sum((outcome) => outcome === null),
      byReason: missedWhy.options.flatMap((why) => {
        const count = sum((outcome) => outcome === why);
        return count === 0 ? [] : [{ why, count }];
      }),
      misses: silent.flatMap(({ id, startedAt, repName, trouble, ...call }) => {
        const why = caughtOr(call);
        const said = trouble === null ? {} : { said: trouble };
        return isMiss(why) ? [{ callId: id, startedAt: startedAt.toISOString(), repName, why, ...said }] : [];
      }),
      knownFrom: ['doors'],
    } satisfies CoverageView);
  });
};

const isMiss = (outcome: ReturnType<typeof caughtOr>): outcome is MissedWhy => outcome !== null && outcome !== 'caught';

function moment(said: string | undefined, name: string): Date {
  const at = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(said ?? '') ? Date.parse(said ?? '') : Number.NaN;
  if (Number.isNaN(at)) throw new Problem(400, `Say \`${name}\` as 2026-11-01 or 2026-11-01T09:00:00Z.`, name);
  return new Date(at);
}
