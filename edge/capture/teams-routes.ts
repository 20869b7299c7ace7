import type { RosApp } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { GraphAnswer, GraphNotice } from '../ports/meeting-hosts.ts';
import type { MeetingNews } from './meeting-news.ts';

/** A tenant's Teams directory. */
export interface TeamsSender {
  tenantId: string;
  connectionId: string;
}

export interface TeamsDeps {
  now(): number;
  read(request: { url: string; rawBody: string }): Promise<GraphAnswer>;
  senderOf(directoryId: string): Promise<TeamsSender | null>;
  /** The one name of the transcript a notice is about; null for anything else. */
  transcriptOf(notice: GraphNotice): string | null;
  keep(tenantId: string, key: string, news: MeetingNews): Promise<void>;
  take(tenantId: string): Promise<void>;
  /** Graph says what becomes of the subscription: it is looked after at once. */
  lookAfter(sender: TeamsSender, event: NonNullable<GraphNotice['lifecycleEvent']>): Promise<void>;
}

/** `POST /hooks/graph`: what Graph tells of Teams meetings and of our subscription to them. Kept before it is answered; Graph sends again for four hours. */
export const teamsRoutes = (deps: TeamsDeps) => (app: RosApp) => {
  app.post('/hooks/graph', async (c) => {
    const rawBody = await c.req.text();
    const receivedMs = deps.now();
    let answer: GraphAnswer;
    const after: (() => Promise<void>)[] = [];
    try {
      answer = await deps.read({ url: c.req.url, rawBody });
      for (const notice of answer.notices) {
        const sender = notice.directoryId === undefined ? null : await deps.senderOf(notice.directoryId);
        if (!sender) continue;
        const { lifecycleEvent } = notice;
        if (lifecycleEvent !== undefined) {
          after.push(() => deps.lookAfter(sender, lifecycleEvent));
          continue;
        }
        const meetingId = deps.transcriptOf(notice);
        if (meetingId === null) continue;
        await deps.keep(sender.tenantId, meetingId, { connectionId: sender.connectionId, meetingId, atMs: receivedMs });
        after.push(() => deps.take(sender.tenantId));
      }
    } catch {
      throw new Problem(503, 'This cannot be kept right now. Send it again.');
    }
    for (const work of after) c.executionCtx.waitUntil(work());
    return c.body(answer.body, answer.status, answer.headers);
  });
};
