import { randomUUID } from 'node:crypto';
import { type Exchange, serve } from '../kit/serve.ts';
import { refusal } from './answer.ts';
import type { GraphFaults } from './faults.ts';
import { answerMeetings, transcriptOf } from './meetings.ts';
import { type ConsentableApp, openSignIn } from './sign-in.ts';
import { openSigner, seal } from './signing.ts';
import { type GraphApp, guidOf, opaqueOf, type StoredMeeting, type TeamsMeeting, transcriptPermissions } from './state.ts';
import { openSubscriptions, type Subscription } from './subscriptions.ts';
import { openTokens } from './tokens.ts';

const NOTICE_MS = 10_000;

export interface GraphOptions {
  port: number;
  app: Omit<GraphApp, 'permissions'> & { permissions?: readonly string[] };
  /** An app of somebody else's that the directory's admin can consent to. */
  consentable?: ConsentableApp;
  record?: (exchange: Exchange) => void;
  now?: () => number;
}

export interface GraphTwin {
  origin: string;
  faults: GraphFaults;
  subscriptions(): Subscription[];
  /** A meeting with a transcript is over; the status that its notification was answered with, null when nobody is subscribed. */
  finish(meeting: TeamsMeeting, options?: { isTold?: boolean; tokenVersion?: 1 | 2 }): Promise<number | null>;
  /** The same notification again. */
  repeat(): Promise<number | null>;
  /** Graph says what becomes of the subscription; a removed one is gone. */
  lifecycle(event: 'missed' | 'subscriptionRemoved' | 'reauthorizationRequired'): Promise<number | null>;
  close(): Promise<void>;
}

/** Microsoft Graph and its login, seen by an app that reads Teams transcripts in its own name. */
export async function startGraph(options: GraphOptions): Promise<GraphTwin> {
  const app: GraphApp = { permissions: transcriptPermissions, ...options.app };
  const now = options.now ?? Date.now;
  const signer = openSigner();
  const signIn = options.consentable ? openSignIn(options.consentable, app.directoryId, signer, now) : undefined;
  const tokens = openTokens(app, now, () => (signIn?.isConsented() ? options.consentable : undefined));
  const subscriptions = openSubscriptions(app, now, true);
  const appOf = new Map<string, string>();
  const meetings: StoredMeeting[] = [];
  const busy: number[] = [];
  const addresses: string[] = [];
  let [forgedStates, forgedTokens, hasPolicy, made] = [0, 0, true, 0];
  let last: { subscription: Subscription; body: string } | undefined;

  const served = await serve(
    async (request) => {
      const url = new URL(request.url);
      const { pathname } = url;
      const page = /^\/([^/]+)\/(oauth2\/v2\.0\/authorize|v2\.0\/adminconsent)$/.exec(pathname);
      if (signIn && page)
        return page[2] === 'v2.0/adminconsent' ? signIn.consent(page[1] ?? '', url) : signIn.authorize(page[1] ?? '', url);
      const login = /^\/([^/]+)\/(oauth2\/v2\.0\/token|discovery\/v2\.0\/keys)$/.exec(pathname);
      if (login?.[2] === 'oauth2/v2.0/token') {
        const form = new URLSearchParams(await request.text());
        if (signIn && form.get('grant_type') === 'authorization_code') return signIn.redeem(form);
        return tokens.grant(login[1] ?? '', request, form);
      }
      if (login) return login[1] === app.directoryId ? Response.json(signer.keys()) : refusal(400, 'invalid_tenant', 'Tenant not found.');
      const wait = busy.shift();
      if (wait !== undefined) return refusal(429, 'TooManyRequests', 'Please retry again later.', { 'retry-after': String(wait) });
      if (!pathname.startsWith('/v1.0/subscriptions')) return answerMeetings({ meetings, tokens, hasPolicy: () => hasPolicy }, request);
      return tokens.refusal(request, 'OnlineMeetingTranscript.Read.All') ?? subscribed(request);
    },
    { vendor: 'graph', port: options.port, record: options.record },
  );

  /** Which app has which subscription: its tokens are for that one. */
  async function subscribed(request: Request): Promise<Response> {
    const clientId = tokens.clientOf(request);
    const answer = await subscriptions.answer(request);
    for (const id of subscriptions.all.keys()) if (!appOf.has(id)) appOf.set(id, clientId);
    return answer;
  }

  const standing = () => [...subscriptions.all.values()].filter(({ expiresMs }) => expiresMs > now());

  async function post(url: string, body: string): Promise<number> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(NOTICE_MS),
    });
    await answer.body?.cancel();
    return answer.status;
  }

  const common = (to: Subscription) => ({
    subscriptionId: to.id,
    subscriptionExpirationDateTime: new Date(to.expiresMs).toISOString(),
    clientState: forgedStates > 0 && forgedStates-- > 0 ? 'somebody else' : to.clientState,
    tenantId: app.directoryId,
  });

  function notice(to: Subscription, meeting: StoredMeeting, version: 1 | 2): string {
    const { userId, meetingId, transcriptId } = meeting;
    const resource = `users('${userId}')/onlineMeetings('${meetingId}')/transcripts('${transcriptId}')`;
    const address = addresses.shift();
    const content = { ...transcriptOf(meeting), ...(address === undefined ? {} : { transcriptContentUrl: address }) };
    const isForged = forgedTokens > 0 && forgedTokens-- > 0;
    return JSON.stringify({
      value: [
        {
          ...common(to),
          changeType: 'created',
          resource,
          resourceData: { '@odata.type': '#Microsoft.Graph.callTranscript', '@odata.id': resource, id: transcriptId },
          ...(to.certificate ? { encryptedContent: seal(to.certificate, to.certificateId, content) } : {}),
        },
      ],
      ...(to.certificate
        ? { validationTokens: [signer.validationToken({ ...app, clientId: appOf.get(to.id) ?? app.clientId }, now(), version, isForged)] }
        : {}),
    });
  }

  return {
    origin: served.origin,
    faults: {
      busyNext: (retryAfterS) => void busy.push(retryAfterS),
      expireTokens: () => tokens.expire(),
      forgeStateNext: () => void forgedStates++,
      forgeTokenNext: () => void forgedTokens++,
      addressNext: (url) => void addresses.push(url),
      setPolicy(isThere) {
        hasPolicy = isThere;
      },
    },
    subscriptions: standing,
    async finish(meeting, { isTold = true, tokenVersion = 2 } = {}) {
      made += 1;
      const id = `${made}-${randomUUID()}`;
      const ids = {
        userId: guidOf(meeting.organizer.email),
        meetingId: opaqueOf(id),
        transcriptId: opaqueOf(`t-${id}`),
        reportId: guidOf(id),
      };
      const stored: StoredMeeting = { ...meeting, ...ids };
      meetings.push(stored);
      const [to] = standing();
      if (!to || !isTold) return null;
      last = { subscription: to, body: notice(to, stored, tokenVersion) };
      return post(to.notificationUrl, last.body);
    },
    async repeat() {
      return last ? post(last.subscription.notificationUrl, last.body) : null;
    },
    async lifecycle(lifecycleEvent) {
      const [to] = standing();
      if (!to) return null;
      if (lifecycleEvent === 'subscriptionRemoved') subscriptions.all.delete(to.id);
      return post(to.lifecycleNotificationUrl, JSON.stringify({ value: [{ ...common(to), lifecycleEvent }] }));
    },
    close: () => served.close(),
  };
}
