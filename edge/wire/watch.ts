import { type KnownAlert, type Notice, notices } from '../../shared/act/notices.ts';
import { type Alert, type Figures, judge } from '../../shared/act/slo.ts';
import { loadAlerts, saveAlerts } from '../db/alerts.ts';
import { mastersInUse, readFigures } from '../db/figures.ts';
import { log } from '../http/log.ts';
import { postNotices } from '../http/post-notices.ts';
import type { Parts } from '../parts.ts';

export interface WatchDeps {
  now(): number;
  /** Throws while the database is away. */
  read(): Promise<{ figures: Figures; keys: boolean }>;
  load(): Promise<KnownAlert[]>;
  save(known: readonly KnownAlert[]): Promise<void>;
  /** False when nobody could be told: then it is tried again in a minute. */
  tell(told: readonly Notice[]): Promise<boolean>;
}

/** Every minute: is what we promise true? Never throws, because what breaks it is what it has to tell. */
export function openWatch(deps: WatchDeps): () => Promise<void> {
  // What the database would remember, while it is what is missing.
  let away: KnownAlert[] = [];

  return async () => {
    const nowMs = deps.now();
    try {
      const { figures, keys } = await deps.read();
      const alerts: Alert[] = [...(keys ? [] : [{ name: 'keys-missing' as const, level: 'error' as const }]), ...judge(figures)];
      const stored = await deps.load();
      const known = [...stored.filter(({ name }) => !away.some((one) => one.name === name)), ...away];
      const { tell, keep } = notices(known, alerts, nowMs);
      if (!(await told(deps, tell))) return;
      await deps.save(keep);
      away = [];
    } catch (error) {
      log({ at: 'cron', what: 'not-watched', level: 'warn', kind: error instanceof Error ? error.name : 'unknown' });
      const { tell, keep } = notices(away, [{ name: 'database-away', level: 'error' }], nowMs);
      if (await told(deps, tell)) away = keep;
    }
  };
}

async function told(deps: WatchDeps, tell: readonly Notice[]): Promise<boolean> {
  if (tell.length === 0) return true;
  for (const { name, level, is, count, ms } of tell) {
    log({
      at: 'cron',
      what: `alert-${is}`,
      level: is === 'over' ? 'info' : level,
      kind: name,
      ...(count === undefined ? {} : { count }),
      ...(ms === undefined ? {} : { ms }),
    });
  }
  const isTold = await deps.tell(tell);
  if (!isTold) log({ at: 'cron', what: 'alert-not-told', level: 'error', count: tell.length });
  return isTold;
}

export function wireWatch({ db, now, settings }: Parts): () => Promise<void> {
  const url = settings.ALERT_WEBHOOK_URL;
  return openWatch({
    now,
    read: async () => ({ figures: await readFigures(db, now), keys: await hasKeys({ db, settings }) }),
    load: () => loadAlerts(db),
    save: (known) => saveAlerts(db, known),
    tell: async (told) => url === undefined || postNotices(url, new URL(settings.PUBLIC_URL).host, told),
  });
}

/** Every tenant's key can be unwrapped with the master keys of this environment. Throws while the database is away. */
export async function hasKeys({ db, settings }: Pick<Parts, 'db' | 'settings'>): Promise<boolean> {
  const needed = await mastersInUse(db);
  return needed.every((name) => settings.masters.keys.has(name));
}
