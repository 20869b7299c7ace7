import type { RecordRef } from '../../shared/contracts/record.ts';
import * as changes from '../act/store.ts';
import { briefOf } from '../capture/brief.ts';
import * as calls from '../capture/store.ts';
import { speechToScreen } from '../guide/cards/store.ts';
import { marksOfCall } from '../guide/marks/store.ts';
import type { Sight } from '../http/sight.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import { observe } from '../relate/observe.ts';
import { people } from '../relate/people.ts';
import * as relations from '../relate/store.ts';
import { conversation } from '../remember/conversation.ts';
import { fold } from '../remember/fold.ts';
import { rememberRoutes } from '../remember/routes.ts';
import * as memory from '../remember/store.ts';
import * as insights from '../understand/store.ts';
import type { Followed } from './followed.ts';
import { maySeeCall } from './guide.ts';
import { tellGraph } from './relate.ts';
import { seenCalls } from './seen-calls.ts';

interface Ids {
  tenantId: string;
  callId: string;
}

export function wireRemember(parts: Parts, sight: Sight) {
  const { db, now } = parts;
  const contactOf = (call: calls.CallRow): RecordRef | null => (call.contactId === null ? null : { object: 'contact', id: call.contactId });

  return {
    fold: (ids: Ids, { call, insight }: Followed) =>
      fold(
        {
          save: (tenantId, ref, callId, at, facts) =>
            memory.foldFacts(
              db,
              tenantId,
              ref,
              facts.map((fact) => ({ ...fact, callId, at: new Date(at) })),
            ),
        },
        ids,
        call && { record: call.record, startedAt: call.startedAt.toISOString(), timeZone: call.timeZone },
        insight,
      ),

    observe: (ids: Ids, { call, heard }: Followed) =>
      observe(
        {
          save: async (tenantId, touch) => {
            await relations.addTouch(db, tenantId, { ...touch, at: new Date(touch.at) });
            await tellGraph(parts, tenantId, [touch.person]);
          },
        },
        ids,
        call && { ...call, contact: contactOf(call), startedAt: call.startedAt.toISOString(), durationMs: call.durationMs ?? 0, heard },
      ),

    routes: rememberRoutes({
      maySeeRecord: (who, ref) => sight.record(who, ref),
      maySeeCall: (who, callId) => maySeeCall(parts, sight, who, callId),
      callsOf: (who, ref) => seenCalls(parts, sight, who, ref),
      conversation: (who, callId) =>
        conversation(
          {
            callOf: async (tenantId, id) => {
              const call = await calls.callOf(db, tenantId, id);
              return call && briefOf(call);
            },
            utterancesOf: (tenantId, id) => calls.utterancesOf(db, tenantId, id),
            insightOf: (tenantId, id) => insights.insightOf(db, tenantId, id),
            changesOf: async (tenantId, id) => (await changes.changesOfCall(db, tenantId, id)).map(changes.itemOf),
            factsOf: async (tenantId, ref) =>
              (await seenFacts(parts, sight, who, await memory.factsOf(db, tenantId, ref))).map((fact) => ({
                kind: fact.kind,
                text: fact.text,
                evidence: fact.evidence,
                firstAt: fact.firstAt.toISOString(),
                lastAt: fact.lastAt.toISOString(),
                times: fact.times,
              })),
            speechToScreenOf: (tenantId, id) => speechToScreen(db, tenantId, id),
            marksOf: (tenantId, id) => marksOfCall(db, tenantId, id),
            peopleOf: async (tenantId, viewerId, id) => {
              const call = await calls.callOf(db, tenantId, id);
              const ref = call && contactOf(call);
              if (!call || !ref) return [];
              const touchesOf = async (tenant: string, personIds: readonly string[]) =>
                (await relations.touchesOfPerson(db, tenant, personIds)).map((touch) => ({
                  ...touch,
                  at: touch.at.toISOString(),
                  channel: 'call' as const,
                }));
              return people({ touchesOf, now: () => new Date(now()).toISOString(), timeZone: call.timeZone }, tenantId, viewerId, [
                { ref, name: call.customerName },
              ]);
            },
          },
          { tenantId: who.tenantId, viewerId: who.user.id, callId },
        ),
    }),
  };
}

/** A fact quotes a call, so it is shown to those who may see that call. */
async function seenFacts(parts: Parts, sight: Sight, who: Who, facts: memory.FactRow[]): Promise<memory.FactRow[]> {
  const callIds = [...new Set(facts.map((fact) => fact.callId))];
  const quoted = await Promise.all(callIds.map((callId) => calls.callOf(parts.db, who.tenantId, callId)));
  const shown = new Set(
    (
      await sight.calls(
        who,
        quoted.filter((call) => call !== null),
      )
    ).map(({ id }) => id),
  );
  return facts.filter((fact) => shown.has(fact.callId));
}
