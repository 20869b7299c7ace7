import { type Card, salesforceCard } from '../ask.ts';
import { cast } from '../cast.ts';
import { agree } from '../connect.ts';
import { otherProduct } from '../salesforce/seed.ts';
import type { Sandbox } from '../start.ts';
import { tellNews } from '../tell-news.ts';
import { callSource } from './call-source.ts';
import type { Activity, Deal, Side } from './side.ts';

const us = cast.salesforce.integrationUser;
const OwnerId = cast.salesforce.rep.userId;
/** The org's admin, who sees everything. */
const who = otherProduct;
const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
const sameId = (a: unknown, b: string) => text(a).slice(0, 15) === b.slice(0, 15);

/** The cast's org. */
export async function salesforceSide(sandbox: Sandbox): Promise<Side> {
  const { salesforce: org, publicUrl, worker } = sandbox;
  const admin = withDoors(sandbox, us.id);
  const stages = { first: 'Prospecting', next: 'Qualification', other: 'Value Proposition' };
  let made = 0;

  const contact = () => {
    const Email = `person${++made}@salesforce-customer.example`;
    return { email: Email, id: org.make('Contact', { FirstName: 'Ida', LastName: `Solberg ${made}`, Email, OwnerId }, who) };
  };
  const deal = ({ amount }: { amount?: string } = {}): Deal => {
    const { id: contactId, email } = contact();
    const CloseDate = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const fields = { Name: `Seats ${made}`, StageName: stages.first, CloseDate, OwnerId, ...(amount ? { Amount: Number(amount) } : {}) };
    return { id: org.make('Opportunity', fields, who), contactId, email };
  };

  return {
    host: 'salesforce',
    crm: 'Salesforce',
    card: withDoors(sandbox, OwnerId),
    admin,
    repId: OwnerId,
    source: await callSource(sandbox, admin),
    stages,
    amountField: 'Amount',
    person: 'Ada Moreau',
    deal,
    activities({ id, contactId }) {
      const onContact = new Set(org.timeline(contactId).map((entry) => entry.id));
      return org.timeline(id).map((entry): Activity => {
        const kind = entry.kind === 'Call' ? 'call' : entry.open ? 'task' : 'note';
        return { id: entry.id, kind, text: `${entry.subject} ${entry.body}`, isOnContact: onContact.has(entry.id) };
      });
    },
    stands: (_, id) => org.row('Task', id) !== undefined,
    stage: (id) => text(org.row('Opportunity', id)?.['StageName']),
    amount: (id) => text(org.row('Opportunity', id)?.['Amount']),
    moves: (id) =>
      org
        .rows('OpportunityFieldHistory')
        .filter((row) => row['Field'] === 'StageName' && sameId(row['OpportunityId'], id))
        .map((row) => ({ to: text(row['NewValue']), byUs: sameId(row['CreatedById'], us.id) })),
    moveStage: (id, to) => org.edit('Opportunity', id, { StageName: to }, who),
    setAmount: (id, to) => org.edit('Opportunity', id, { Amount: Number(to) }, who),
    tickOff: (id) => org.edit('Task', id, { Status: 'Completed' }, who),
    rename: (id, subject) => org.edit('Task', id, { Subject: subject }, who),
    requireAmountAt(stage) {
      const rule = { object: 'Opportunity', needs: ['Amount'], message: 'A qualified deal has an amount.', field: 'Amount' };
      org.setRules({ validations: stage === null ? [] : [{ ...rule, stages: [stage] }] });
    },
    // Such a product writes its record when the call is over.
    logCallByOther: (on, startedMs, durationMs) =>
      org.logCallByOther({ whatId: on.id, whoId: on.contactId, at: startedMs + durationMs, durationSeconds: durationMs / 1_000 }),
    mergeContact({ contactId }) {
      const { id } = contact();
      org.merge('Contact', id, [contactId], who);
      return id;
    },
    becomesAnother() {
      const Email = `lead${++made}@salesforce-customer.example`;
      const lead = org.make('Lead', { FirstName: 'Ida', LastName: `Solberg ${made}`, Company: `Fjord ${made}`, Email, OwnerId }, who);
      const { opportunityId, contactId } = org.convertLead(lead, {}, who);
      return { record: { object: 'lead', id: lead }, deal: { id: opportunityId ?? '', contactId, email: Email } };
    },
    async unheard(work) {
      org.feed(undefined);
      await work().finally(() => tellNews(sandbox));
    },
    uninstall: () => org.setApproved(false),
    async install() {
      org.setApproved(true);
      const page = await agree(publicUrl, worker.origin, 'salesforce', { login_hint: us.username });
      org.setInstallKey(/id="install-key">([^<]+)</.exec(page)?.[1] ?? '');
    },
    asked: () => org.count().requests,
  };
}

/** A card, and a server of the customer's that asks at the doors of the API with the same key: the gateway lets cards alone through. */
function withDoors({ salesforce, worker, apex }: Sandbox, userId: string): Card {
  const card = salesforceCard({ apex }, userId);
  return {
    get: card.get,
    put: card.put,
    remove: card.remove,
    async post(path, body) {
      if (!path.startsWith('/api/')) return card.post(path, body);
      const headers = {
        'content-type': 'application/json',
        'x-ros-org-id': salesforce.orgId,
        'x-ros-user-id': userId,
        authorization: `Bearer ${salesforce.installKey() ?? ''}`,
      };
      const answer = await fetch(worker.origin + path, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      });
      return answer.json();
    },
  };
}
