import { setTimeout as pause } from 'node:timers/promises';
import { cast } from '../cast.ts';
import type { Call } from './calls.ts';
import type { World } from './world.ts';

const tries = 4;
const patienceMs = 8_000;

/**
 * What everybody writes first: post it, and post it again when that failed. No key, no lease, no order. It is here to be caught: a check
 * that it passes is none. HubSpot only.
 */
export async function writeNaively(world: World, calls: readonly Call[]): Promise<Map<string, string>> {
  const finals = new Map<string, string>();
  const queue = [...calls];
  const hands = Array.from({ length: 12 }, async () => {
    for (let call = queue.shift(); call; call = queue.shift()) await write(world, call, finals);
  });
  await Promise.all(hands);
  return finals;
}

async function write({ sandbox }: World, { account, dealId, mark, place }: Call, finals: Map<string, string>): Promise<void> {
  const { hubspot } = sandbox;
  const portal = hubspot.portal(Number(account.externalId));
  const post = async (method: string, path: string, body: unknown) => {
    for (let n = 1; n <= tries; n++) {
      const { accessToken } = portal.grant();
      try {
        const answer = await fetch(hubspot.origin + path, {
          method,
          headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(patienceMs),
        });
        await answer.text();
        if (answer.ok) return;
      } catch {
        // Again, then.
      }
      await pause(200 * n);
    }
  };
  const at = new Date().toISOString();
  const tie = (associationTypeId: number) => [
    { to: { id: dealId }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] },
  ];
  const owner = { hs_timestamp: at, hubspot_owner_id: cast.hubspot.rep.ownerId };
  await post('POST', '/crm/objects/2026-09/calls', {
    properties: { ...owner, hs_call_title: 'Call', hs_call_body: `quote ${mark}` },
    associations: tie(206),
  });
  await post('POST', '/crm/objects/2026-09/tasks', {
    properties: { ...owner, hs_task_subject: `Send quote ${mark}` },
    associations: tie(216),
  });
  const stage = pipeline[Math.min(place + 1, pipeline.length - 1)] ?? '';
  finals.set(`${account.n}/${dealId}`, stage);
  await post('PATCH', `/crm/objects/2026-09/deals/${dealId}`, { properties: { dealstage: stage } });
}

const pipeline = ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'];
