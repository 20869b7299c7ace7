import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Card, hubspotCard, requestId, salesforceCard, unwrap } from '../ask.ts';
import { cast } from '../cast.ts';
import { type Served, serve } from '../kit/serve.ts';
import type { Sandbox } from '../start.ts';
import { hubspotPage } from './hubspot/page.ts';
import { hubspotTimeline } from './hubspot-timeline.ts';
import { lightningPage } from './lightning/page.ts';
import { lightningTimeline } from './lightning-timeline.ts';

/** The record pages of both hosts, on one address. Everything they show came through the Worker or from a twin. */
export async function servePages(sandbox: Sandbox, port: number): Promise<Served> {
  const home = readFileSync(join(import.meta.dirname, 'home.html'));
  const hubspot = hubspotPage({
    worker: sandbox.worker.origin,
    publicUrl: sandbox.publicUrl,
    timeline: async () => hubspotTimeline(sandbox.hubspot.state, sandbox.hubspot.timeline),
    play: () => play(sandbox, 'hubspot'),
    drop: async ({ name, bytes, user }) =>
      handOver(hubspotCard(sandbox, user.key === 'lena' ? 'colleague' : 'rep'), cast.hubspot.dealId, name, bytes),
  });
  const { rep, colleague, opportunityId } = cast.salesforce;
  const lightning = lightningPage({
    apex: async ({ userId, params }) => {
      const text = (name: string) => (params[name] === undefined || params[name] === null ? undefined : String(params[name]));
      return sandbox.apex.call({ userId, verb: text('verb') ?? '', path: text('path') ?? '', body: text('body') });
    },
    timeline: async () => lightningTimeline(sandbox.salesforce),
    play: () => play(sandbox, 'salesforce'),
    drop: async (name, bytes) =>
      handOver(salesforceCard(sandbox), opportunityId, name, bytes).then(
        (line) => ({ ok: true, line }),
        (error: unknown) => ({ ok: false, line: error instanceof Error ? error.message : 'That did not work.' }),
      ),
    users: [
      { id: rep.userId, name: cast.rep.name },
      { id: colleague.userId, name: cast.colleague.name },
      { id: cast.salesforce.integrationUser.id, name: 'Admin (who connected us)' },
    ],
    liveOrigin: sandbox.worker.origin,
    recordId: opportunityId,
  });

  return serve(
    async (request) => {
      if (new URL(request.url).pathname === '/') return new Response(home, { headers: { 'content-type': 'text/html; charset=utf-8' } });
      return (await hubspot(request)) ?? (await lightning(request)) ?? new Response('There is nothing here.', { status: 404 });
    },
    { vendor: 'pages', port, bodyMaxBytes: 30 * 1024 * 1024 },
  );
}

/** Rings: the customer calls the tenant's number, in life speed unless the sandbox runs faster. */
async function play(sandbox: Sandbox, crm: 'hubspot' | 'salesforce'): Promise<void> {
  const account = cast.twilio[crm];
  await sandbox.twilio.placeCall({
    account,
    from: cast.customer.phone,
    to: account.number,
    voiceUrl: `${sandbox.publicUrl}/voice/twilio`,
    speed: sandbox.speed,
  });
}

/** A file takes the way any file takes: ask where, then send it there once. */
async function handOver(card: Card, dealId: string, name: string, bytes: Uint8Array): Promise<string> {
  const asked = { requestId: requestId(), record: { object: 'deal', id: dealId }, name: name.slice(0, 200) };
  const { url } = unwrap<{ url: string }>(await card.post('/v1/uploads', asked));
  const sent = await fetch(url, { method: 'PUT', body: new Uint8Array(bytes), signal: AbortSignal.timeout(60_000) });
  if (sent.ok) return `${name} is being read. It will show up on this record in a moment.`;
  const problem = (await sent.json().catch(() => ({}))) as { title?: string };
  throw new Error(problem.title ?? 'That did not work.');
}
