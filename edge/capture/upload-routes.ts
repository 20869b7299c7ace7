import type { RecordRef } from '../../shared/contracts/record.ts';
import type { UploadView } from '../../shared/contracts/view.ts';
import { uploadBody } from '../../shared/contracts/view.ts';
import type { Result } from '../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { problemResponse } from '../http/problem.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

export interface UploadDeps {
  maySee(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  issueTicket(who: Who, upload: { record: RecordRef; name: string }): Promise<UploadView>;
  burnTicket(token: string): Promise<UploadTicket | null>;
  /** Says what a file is by its first bytes and name, or why we cannot take it. */
  inspect(start: Uint8Array, isWhole: boolean, name: string): { ok: true; contentType: string } | { ok: false; why: string };
  /** Streams the file into the store, creates its call and sends it on its way. Answers the call's id. */
  take(ticket: UploadTicket, file: { body: ReadableStream<Uint8Array>; size: number; contentType: string }): Promise<string>;
}

export interface UploadTicket {
  tenantId: string;
  connectionId: string;
  record: RecordRef;
  name: string;
  user: { id: string; email: string };
  hash: string;
}

const TEXT_MAX_BYTES = 20 * 1024 * 1024;
const AUDIO_MAX_BYTES = 500 * 1024 * 1024;

/** A transcript or a recording somebody hands over: ask where, then send it there once. */
export const uploadRoutes = (deps: UploadDeps) => (app: RosApp) => {
  app.post('/v1/uploads', async (c) => {
    const body = parseJson(c.get('raw'), uploadBody);
    const may = await deps.maySee(c.get('who'), body.record);
    if (!may.ok) return faultAnswer(c, may.fault);
    if (!may.value) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    return yes(c, await deps.issueTicket(c.get('who'), { record: body.record, name: body.name }));
  });

  app.put('/api/files/:ticket', async (c) => {
    const size = Number(c.req.header('content-length') ?? Number.NaN);
    if (!Number.isSafeInteger(size)) return problemResponse(400, 'Send the file with its length (content-length).');
    if (size === 0) return problemResponse(400, 'The file is empty.');
    if (size > AUDIO_MAX_BYTES) return problemResponse(413, 'The file is larger than 500 MB. Send the part with the conversation.');
    const ticket = await deps.burnTicket(c.req.param('ticket'));
    if (!ticket) return problemResponse(401, 'This address is used up or too old. Ask for a new one.');
    if (!c.req.raw.body) return problemResponse(400, 'The file is empty.');

    const { start, isWhole, body } = await peek(c.req.raw.body, Math.min(size, TEXT_MAX_BYTES), size <= TEXT_MAX_BYTES);
    const seen = deps.inspect(start, isWhole, ticket.name);
    if (!seen.ok) {
      await body.cancel();
      return problemResponse(415, seen.why);
    }
    if (!seen.contentType.startsWith('audio/') && size > TEXT_MAX_BYTES) {
      await body.cancel();
      return problemResponse(413, 'The transcript is larger than 20 MB. Send the part with the conversation.');
    }
    return c.json({ ok: true, value: { callId: await deps.take(ticket, { body, size, contentType: seen.contentType }) } });
  });
};

/** The first bytes (all of them when the file is small), and a stream that still has everything. */
async function peek(body: ReadableStream<Uint8Array>, wanted: number, isWhole: boolean) {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < (isWhole ? wanted : 4_096)) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  const start = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    start.set(part, at);
    at += part.length;
  }
  let first: Uint8Array | undefined = start;
  const again = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (first) {
        controller.enqueue(first);
        first = undefined;
        return;
      }
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (why) => reader.cancel(why),
  });
  return { start, isWhole, body: again };
}
