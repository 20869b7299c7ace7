import type { RecordRef } from '../../shared/contracts/record.ts';
import * as calls from '../capture/store.ts';
import { heldOf, kindOf } from '../db/customer-memory.ts';
import { listCalls } from '../db/list-calls.ts';
import { searchSaid } from '../db/search-said.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { askCustomer } from '../remember/ask/ask-customer.ts';
import { library } from '../remember/library/library.ts';
import { memoryOf } from '../remember/memory/memory.ts';
import { memoryRoutes } from '../remember/memory/routes.ts';
import { keepIndex } from '../remember/search/keep-index.ts';
import { ownMeaning } from '../remember/search/own-meaning.ts';
import { searchRoutes } from '../remember/search/routes.ts';
import { type SearchAsk, search } from '../remember/search/search.ts';
import * as index from '../remember/search/store.ts';
import * as insights from '../understand/store.ts';
import type { Followed } from './followed.ts';
import { monthOf } from './month.ts';
import { modelTokensMax } from './spend.ts';

/** What is known of a customer, found, shown and asked for. */
export function wireMemory(parts: Parts, sight: Sight) {
  const { db, now } = parts;
  const meaning = parts.meaning ?? ownMeaning;
  const find = (who: Who, ask: Omit<SearchAsk, 'viewer'>) =>
    search(
      { now, meaning, find: (said) => searchSaid(db, who.tenantId, said), seen: (found) => sight.calls(who, found) },
      { ...ask, viewer: who.user },
    );
  const remembered = (who: Who, ref: RecordRef, ask: { maySee: boolean; after?: { atMs: number; id: string } }) =>
    memoryOf({ now, heldOf: (of, how) => heldOf(db, who.tenantId, of, how), seen: (found) => sight.calls(who, found) }, ref, {
      ...ask,
      viewer: who.user,
    });

  const found = searchRoutes({
    search: find,
    library: (who, ask) =>
      library({ list: (asked) => listCalls(db, who.tenantId, asked), seen: (all) => sight.calls(who, all) }, { ...ask, viewer: who.user }),
  });
  const known = memoryRoutes({
    maySeeRecord: (who, ref) => sight.record(who, ref),
    kindOf: (who, id) => kindOf(db, who.tenantId, id),
    memory: remembered,
    ask: async (who, ref, { maySee, question }) => {
      const month = monthOf(now());
      const { tenantId } = who;
      return askCustomer(
        {
          memory: () => remembered(who, ref, { maySee }),
          search: (text) => find(who, { text, record: ref }),
          model: parts.model,
          takeTokens: async (tokens) => insights.takeTokens(db, tenantId, month, tokens, await modelTokensMax(parts, tenantId)),
          giveTokens: (tokens) => insights.giveTokens(db, tenantId, month, tokens),
          fence: () => crypto.randomUUID(),
        },
        question,
      );
    },
  });

  return {
    /** Makes a call findable, once its words are there. */
    index: async ({ tenantId, callId }: { tenantId: string; callId: string }, { call }: Followed) => {
      if (!call) return;
      const save: Parameters<typeof keepIndex>[0]['save'] = (made) => index.saveIndex(db, tenantId, made);
      await keepIndex({ meaning, utterancesOf: () => calls.utterancesOf(db, tenantId, callId), save }, call);
    },
    routes: (app: RosApp) => {
      found(app);
      known(app);
    },
  };
}
