import * as z from 'zod/mini';
import { ok, type Result } from '../../../shared/kit/result.ts';
import type { GraphSubscription, Subscribed } from '../../ports/meeting-hosts.ts';
import { type GraphAccess, graphClient } from './client.ts';
import { transcriptPath } from './transcript-ref.ts';

/** Transcripts may be subscribed to for just under three days; two leave a day in which a renewal may fail. */
const LIFE_MS = 2 * 24 * 3_600_000;
const RESOURCE = 'communications/onlineMeetings/getAllTranscripts';

const transcripts = z.object({ value: z.array(z.object({ id: z.string(), meetingId: z.string() })).check(z.maxLength(1_000)) });
const subscription = z.object({ id: z.string().check(z.maxLength(200)), expirationDateTime: z.string() });

/** The one subscription of a directory: every transcript of its scheduled meetings. Graph calls `notificationUrl` before it answers `subscribe`. */
export function graphSubscription(access: GraphAccess): GraphSubscription {
  const client = graphClient(access);
  const until = () => new Date(access.now() + LIFE_MS).toISOString();
  const read = (said: Result<z.infer<typeof subscription>>): Result<Subscribed> =>
    said.ok ? ok({ id: said.value.id, until: said.value.expirationDateTime }) : said;
  return {
    async subscribe(it) {
      return read(
        await client.send('POST', '/v1.0/subscriptions', subscription, {
          changeType: 'created',
          resource: RESOURCE,
          notificationUrl: it.notificationUrl,
          lifecycleNotificationUrl: it.notificationUrl,
          clientState: it.clientState,
          includeResourceData: true,
          encryptionCertificate: it.certificate,
          encryptionCertificateId: it.certificateId,
          expirationDateTime: until(),
        }),
      );
    },
    async renew(id) {
      return read(
        await client.send('PATCH', `/v1.0/subscriptions/${encodeURIComponent(id)}`, subscription, { expirationDateTime: until() }),
      );
    },
    async transcriptsSince(organizerId, since) {
      const of = encodeURIComponent(organizerId);
      const path = `/v1.0/users/${of}/onlineMeetings/getAllTranscripts(meetingOrganizerUserId='${of}',startDateTime=${encodeURIComponent(since)})`;
      const said = await client.send('GET', path, transcripts);
      if (!said.ok) return said;
      return ok(
        said.value.value.flatMap(
          ({ id, meetingId }) => transcriptPath(`users/${organizerId}/onlineMeetings/${meetingId}/transcripts/${id}`)?.id ?? [],
        ),
      );
    },
    async unsubscribe(id) {
      return client.send('DELETE', `/v1.0/subscriptions/${encodeURIComponent(id)}`, z.unknown());
    },
  };
}
