import { afterEach, describe, expect, test } from 'vitest';
import { type GraphTwin, startGraph } from '../../../sandbox/graph/protocol.ts';
import { meetingsContract } from '../../ports/meetings.contract.ts';
import { newCertificate } from './certificate.ts';
import { graphMeetings } from './meetings.ts';
import { graphSubscription } from './subscription.ts';
import { transcriptPath } from './transcript-ref.ts';

const app = {
  directoryId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  clientId: '8f14e45f-ceea-467f-a0e6-2b1f7c2d3a4b',
  clientSecret: 'secret',
};
const startedMs = Date.parse('2026-11-20T15:00:00.000Z');
const sam = { name: 'Sam Okafor', email: 'sam@brightloop.example' };
const maya = { name: 'Maya Lindqvist', email: 'maya@cobaltfreight.example' };
const meeting = {
  subject: 'Cobalt Freight',
  organizer: sam,
  people: [sam, maya, { name: 'Guest', email: '' }],
  startedMs,
  durationMs: 600_000,
  said: [{ name: 'Sam Okafor', text: 'Hello Maya.', startMs: 1_000, endMs: 2_000 }],
};
const since = new Date(startedMs - 60_000).toISOString();

const accessTo = (graph: GraphTwin, more: object = {}) => ({ api: graph.origin, login: graph.origin, ...app, now: Date.now, ...more });

/** Held without anybody who is told of it; the transcript's name as a notification would give it. */
async function held(graph: GraphTwin): Promise<string> {
  await graph.finish(meeting, { isTold: false });
  const access = accessTo(graph);
  const found = await graphSubscription(access).transcriptsSince(await organizerOf(), since);
  return (found.ok && found.value.at(-1)) || '';
}
const organizerOf = async () => (await import('../../../sandbox/graph/state.ts')).guidOf(sam.email);

meetingsContract('Teams', async () => {
  const graph = await startGraph({ port: 0, app });
  const id = await held(graph);
  return {
    meetings: graphMeetings(accessTo(graph)),
    stranger: graphMeetings(accessTo(graph, { clientSecret: 'another secret' })),
    ref: { id },
    facts: {
      title: 'Cobalt Freight',
      startedAt: new Date(startedMs).toISOString(),
      durationMs: meeting.durationMs,
      host: { email: sam.email, name: sam.name },
      people: [sam, maya, { name: 'Guest', email: null }],
      line: 'Hello Maya.',
    },
    unknown: { id: 'users/a/onlineMeetings/b/transcripts/c' },
    busyNext: graph.faults.busyNext,
    expireTokens: graph.faults.expireTokens,
    close: graph.close,
  };
});

describe('Teams', () => {
  let twin: GraphTwin | undefined;
  afterEach(() => twin?.close());
  const ready = async (permissions?: readonly string[]) => {
    twin = await startGraph({ port: 0, app: { ...app, ...(permissions ? { permissions } : {}) } });
    return twin;
  };

  test('counts who was invited where it may not read who came', async () => {
    const graph = await ready(['OnlineMeetingTranscript.Read.All', 'OnlineMeetings.Read.All']);
    const found = await graphMeetings(accessTo(graph)).meeting({ id: await held(graph) });
    expect(found).toMatchObject({ value: { host: sam, people: [sam, maya] } });
  });

  test('says that a policy is missing', async () => {
    const graph = await ready();
    const id = await held(graph);
    graph.faults.setPolicy(false);
    expect(await graphMeetings(accessTo(graph)).meeting({ id })).toMatchObject({
      fault: { kind: 'refused', said: expect.stringContaining('application access policy') },
    });
  });

  test('subscribes for two days, renews, and learns that it is gone', async () => {
    const graph = await ready();
    const hook = await startHook();
    const vendor = graphSubscription(accessTo(graph));
    const { certificate } = await newCertificate(Date.now());
    const ask = { notificationUrl: hook.url, clientState: 'state', certificate, certificateId: 'c-1' };
    const made = await vendor.subscribe(ask);
    expect(made.ok && Math.round((Date.parse(made.value.until) - Date.now()) / 3_600_000)).toBe(48);
    expect(await vendor.subscribe(ask)).toMatchObject({ fault: { kind: 'changed' } });
    const id = made.ok ? made.value.id : '';
    expect(await vendor.renew(id)).toMatchObject({ ok: true, value: { id } });
    expect(await vendor.unsubscribe(id)).toMatchObject({ ok: true });
    expect(await vendor.renew(id)).toMatchObject({ fault: { kind: 'gone' } });
    hook.close();
  });

  test('an address that does not echo is not subscribed to', async () => {
    const graph = await ready();
    const hook = await startHook('something else');
    const { certificate } = await newCertificate(Date.now());
    const ask = { notificationUrl: hook.url, clientState: 'state', certificate, certificateId: 'c-1' };
    expect(await graphSubscription(accessTo(graph)).subscribe(ask)).toMatchObject({ fault: { kind: 'refused' } });
    hook.close();
  });
});

async function startHook(echo?: string): Promise<{ url: string; close(): void }> {
  const { serve } = await import('../../../sandbox/kit/serve.ts');
  const served = await serve(
    (request) =>
      new Response(echo ?? new URL(request.url).searchParams.get('validationToken'), { headers: { 'content-type': 'text/plain' } }),
    { vendor: 'hook', port: 0 },
  );
  return { url: `${served.origin}/hooks/graph`, close: () => void served.close() };
}

test.each([
  ["users('u-1')/onlineMeetings('MSo1=')/transcripts('t@1')", 'users/u-1/onlineMeetings/MSo1=/transcripts/t@1'],
  ['/v1.0/users/u-1/onlineMeetings/m/transcripts/t', 'users/u-1/onlineMeetings/m/transcripts/t'],
])('%s is a transcript', (resource, id) => {
  expect(transcriptPath(resource)?.id).toBe(id);
});

test.each([
  "users('u-1')/messages('m')",
  "users('..')/onlineMeetings('m')/transcripts('t')",
  "users('u')/onlineMeetings('a/../b')/transcripts('t')",
  "users('u')/onlineMeetings('m')/transcripts('t')/content",
  "users('u')/onlineMeetings('m%2f')/transcripts('t')",
  'https://evil.example/users/u/onlineMeetings/m/transcripts/t',
  "communications/onlineMeetings('m')/transcripts('t')",
  '',
])('%s is none', (resource) => {
  expect(transcriptPath(resource)).toBeNull();
});
