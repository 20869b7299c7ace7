import { cast } from '../cast.ts';
import { keeper } from '../kit/keeper.ts';
import { openStore, type Store } from '../kit/store.ts';
import { type Limits, openLimits, type Rates } from './limits.ts';
import { complete, seed } from './seed.ts';
import type { HubspotState } from './state.ts';
import { openTally, type Tally } from './tally.ts';
import { openWebhooks } from './webhooks.ts';

/** One HubSpot account: its records and tokens, its own rate and its own counts. */
export interface Portal {
  id: number;
  state: HubspotState;
  limits: Limits;
  tally: Tally;
  webhooks: ReturnType<typeof openWebhooks>;
  /** Call after every change of `state`. */
  changed(): void;
}

export interface Portals {
  all: readonly Portal[];
  first: Portal;
  at(id: number): Portal | undefined;
  /** The portal a token or code names; the first one when it names none, where it will not be found. */
  named(word: string): Portal;
  /** Writes every portal to disk now. */
  save(): void;
}

/** The cast's portal, and `count - 1` more of the same with the next ids. Each is kept in a file of its own. */
export function openPortals(count: number, rates: Rates, now: () => number, stateFile?: string): Portals {
  const stores: Store<HubspotState>[] = [];
  const dirty = new Set<Store<HubspotState>>();
  const keep = keeper(() => {
    for (const store of dirty) store.save();
    dirty.clear();
  });
  const all = Array.from({ length: count }, (_, n): Portal => {
    const id = cast.hubspot.portalId + n;
    const file = n === 0 ? stateFile : stateFile?.replace(/(\.[^./]*)?$/, `-${id}$1`);
    const store = openStore(file, () => ({ ...seed(cast, new Date(now()).toISOString()), portalId: id }));
    stores.push(store);
    return {
      id,
      state: complete(store.state, cast),
      limits: openLimits(rates, now),
      tally: openTally(),
      webhooks: openWebhooks(id, { now }),
      changed() {
        dirty.add(store);
        keep.changed();
      },
    };
  });
  const [first] = all;
  if (!first) throw new Error('A HubSpot twin needs at least one portal.');
  const byId = new Map(all.map((portal) => [portal.id, portal]));
  return {
    all,
    first,
    at: (id) => byId.get(id),
    named: (word) => byId.get(Number(/^(\d+)-/.exec(word)?.[1])) ?? first,
    save() {
      for (const store of stores) dirty.add(store);
      keep.flush();
    },
  };
}
