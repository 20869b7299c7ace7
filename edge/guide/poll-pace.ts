/** So many requests of a portal's under way at once are aimed at: HubSpot allows twenty, and people do not look evenly. */
const AT_ONCE = 7;
/** What HubSpot's own way to us and back adds to each, ms. */
const AWAY_MS = 120;
const PACE_MAX_MS = 5_000;
/** Who has not looked for so long has gone. */
const GONE_MS = 12_000;
const LOOKERS_MAX = 2_000;
/** How much the newest look says about how long looks take. */
const WEIGHT = 0.1;

interface Tenant {
  lookers: Map<string, number>;
  tookMs: number;
  atMs: number;
}

/**
 * How often cards may look, so that a portal's stay inside what HubSpot lets them have at once: the more look, and the longer a look takes,
 * the slower each. Known to one isolate, which is where a tenant's cards arrive.
 */
export class PollPace {
  readonly #tenants = new Map<string, Tenant>();

  /** Milliseconds until this looker may look again, at least. `tookMs`: how long this look took us. */
  next(tenantId: string, looker: string, { now, tookMs }: { now: number; tookMs: number }): number {
    const tenant = this.#tenants.get(tenantId) ?? { lookers: new Map<string, number>(), tookMs, atMs: now };
    tenant.atMs = now;
    // The one that looked last stands last, in both.
    this.#tenants.delete(tenantId);
    this.#tenants.set(tenantId, tenant);
    const { lookers } = tenant;
    lookers.delete(looker);
    lookers.set(looker, now);
    for (const [name, at] of lookers) {
      if (now - at <= GONE_MS && lookers.size <= LOOKERS_MAX) break;
      lookers.delete(name);
    }
    for (const [name, one] of this.#tenants) {
      if (now - one.atMs <= GONE_MS) break;
      this.#tenants.delete(name);
    }
    tenant.tookMs += (tookMs - tenant.tookMs) * WEIGHT;
    const paceMs = (lookers.size * (tenant.tookMs + AWAY_MS)) / AT_ONCE;
    return Math.round(Math.min(PACE_MAX_MS, paceMs * apart(looker, now)));
  }
}

/** 0.9 to 1.1, another for each looker and moment: cards that began together do not stay together. */
function apart(looker: string, now: number): number {
  let mixed = Math.imul(Math.trunc(now), 2_654_435_761);
  for (const letter of looker) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return 0.9 + ((mixed >>> 8) % 1_000) / 5_000;
}
