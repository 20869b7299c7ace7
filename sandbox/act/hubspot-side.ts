import { type Card, hubspotCard } from '../ask.ts';
import { cast } from '../cast.ts';
import { agree } from '../connect.ts';
import type { Sandbox } from '../start.ts';
import { tellNews } from '../tell-news.ts';
import { callSource } from './call-source.ts';
import type { Activity, Deal, Side } from './side.ts';

const kinds = { calls: 'call', notes: 'note', tasks: 'task' } as const;
const types = { call: 'calls', note: 'notes', task: 'tasks' } as const;
const who = { userId: cast.hubspot.teammate.userId };

/** The cast's portal. */
export async function hubspotSide(sandbox: Sandbox): Promise<Side> {
  const { hubspot, publicUrl, worker } = sandbox;
  const { rows, rules } = hubspot.state;
  const card: Card = hubspotCard(sandbox);
  const owner = { hubspot_owner_id: cast.hubspot.rep.ownerId };
  const stages = { first: 'appointmentscheduled', next: 'qualifiedtobuy', other: 'decisionmakerboughtin' };
  let made = 0;

  const contact = () => {
    const email = `person${++made}@hubspot-customer.example`;
    return { email, id: hubspot.people.add('contacts', { firstname: 'Ida', lastname: `Solberg ${made}`, email, ...owner }, who) };
  };
  const deal = (fields: { amount?: string } = {}): Deal => {
    const { id: contactId, email } = contact();
    const properties = { dealname: `Seats ${made}`, pipeline: 'default', dealstage: stages.first, ...owner, ...fields };
    return { id: hubspot.people.add('deals', properties, who), contactId, email };
  };
  const property = (type: 'deals', id: string, name: string) => rows[type][id]?.properties[name] ?? '';

  return {
    host: 'hubspot',
    crm: 'HubSpot',
    card,
    admin: card,
    repId: String(cast.hubspot.rep.userId),
    source: await callSource(sandbox, card),
    stages,
    amountField: 'amount',
    person: cast.teammate.name,
    deal,
    activities({ id, contactId }) {
      const onContact = new Set(hubspot.timeline('contacts', contactId).map((entry) => entry.id));
      return hubspot
        .timeline('deals', id)
        .filter((entry) => rows[entry.type][entry.id]?.archived === false)
        .map((entry): Activity => {
          const text = `${entry.title} ${entry.body}`;
          return { id: entry.id, kind: kinds[entry.type], text, isOnContact: onContact.has(entry.id) };
        });
    },
    stands: (kind, id) => rows[types[kind]][id]?.archived === false,
    stage: (id) => property('deals', id, 'dealstage'),
    amount: (id) => property('deals', id, 'amount'),
    moves: (id) =>
      (rows.deals[id]?.history?.['dealstage'] ?? []).slice(1).map(({ value, by }) => ({ to: value, byUs: by.type === 'INTEGRATION' })),
    moveStage: (id, to) => hubspot.people.edit('deals', id, { dealstage: to }, who),
    setAmount: (id, amount) => hubspot.people.edit('deals', id, { amount }, who),
    tickOff: (id) => hubspot.people.edit('tasks', id, { hs_task_status: 'COMPLETED' }, who),
    rename: (id, subject) => hubspot.people.edit('tasks', id, { hs_task_subject: subject }, who),
    requireAmountAt(stage) {
      rules.requireAtStage = stage === null ? {} : { [stage]: ['amount'] };
    },
    logCallByOther: (on, startedMs, durationMs) =>
      hubspot.logCallByOther({
        source: 'aircall',
        contactId: on.contactId,
        dealId: on.id,
        startedAt: new Date(startedMs).toISOString(),
        durationMs,
      }),
    mergeContact: ({ contactId }) => hubspot.people.merge('contacts', contact().id, contactId, who),
    becomesAnother() {
      const old = deal();
      const id = hubspot.people.merge('deals', deal().id, old.id, who);
      return { record: { object: 'deal', id: old.id }, deal: { ...old, id } };
    },
    async unheard(work) {
      hubspot.webhooks.subscribe(undefined);
      await work().finally(() => tellNews(sandbox));
    },
    uninstall: () => hubspot.uninstall(cast.hubspot.portalId),
    install: async () => void (await agree(publicUrl, worker.origin, 'hubspot', {})),
    asked: () => hubspot.count().requests,
  };
}
