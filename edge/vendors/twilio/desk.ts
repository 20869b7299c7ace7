import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { DeskCall, LineDesk } from '../../ports/line-desk.ts';

const TIMEOUT_MS = 5_000;
/** A long call's recording takes its time to come; the first byte must not. */
const FETCH_MS = 240_000;
/** Four hours of two channels, 16 bits each, at 8 kHz. */
const BYTES_MAX = 4 * 3_600 * 32_000 + 1_000;

const RUNNING = ['queued', 'ringing', 'in-progress'];
const callShape = z.object({ status: z.string() });
const recordingShape = z.object({ sid: z.string().check(z.regex(/^RE[0-9a-f]{32}$/)) });
const stateShape = z.object({ status: z.string() });
const listShape = z.object({
  recordings: z.array(z.object({ ...recordingShape.shape, source: z.string(), channels: z.number(), start_time: z.string() })),
});
/** Twilio says when a recording began in whole seconds, by a clock of its own. */
const CLOCK_OFF_MS = 5_000;

/**
 * Twilio's REST API for a call that runs. A media stream that broke is never opened again by Twilio: it has to be asked for.
 * No address of theirs is followed: each is built from ids of a known form, so a forged one leads nowhere.
 * specs: CreateStream, FetchCall, CreateCallRecording, ListCallRecording,
 * UpdateCallRecording, FetchRecording, DeleteRecording of api_v2010.
 */
export function twilioDesk({ api }: { api: string }): LineDesk {
  async function ask(call: DeskCall, method: string, path: string, form?: Record<string, string>): Promise<Result<Response>> {
    if (!/^AC[0-9a-f]{32}$/.test(call.account) || !/^CA[0-9a-f]{32}$/.test(call.externalId))
      return failed({ kind: 'refused', said: 'This is no call of a Twilio account.' });
    try {
      const answer = await fetch(`${api}/2010-04-01/Accounts/${call.account}${path}`, {
        method,
        headers: { authorization: `Basic ${btoa(`${call.account}:${call.secret}`)}` },
        ...(form ? { body: new URLSearchParams(form) } : {}),
        // The account's key must not follow a recording to wherever it is kept.
        redirect: 'manual',
        signal: AbortSignal.timeout(path.endsWith('.wav') ? FETCH_MS : TIMEOUT_MS),
      });
      if (answer.ok) return ok(answer);
      await answer.body?.cancel();
      if (answer.status === 404) return failed({ kind: 'gone', said: 'Twilio does not know it.' });
      if (answer.status === 401) return failed({ kind: 'expired', said: 'Twilio does not accept the account’s token.' });
      if (answer.status === 429) return failed({ kind: 'busy', said: 'Twilio is busy.' });
      if (answer.status >= 500) return failed({ kind: 'busy', said: 'Twilio is busy.', ambiguous: true });
      return failed({ kind: 'refused', said: `Twilio refused it (${answer.status}).` });
    } catch {
      return failed({ kind: 'busy', said: 'Twilio could not be reached.', ambiguous: true });
    }
  }
  async function read<T>(asked: Promise<Result<Response>>, shape: z.ZodMiniType<T>): Promise<Result<T>> {
    const answer = await asked;
    if (!answer.ok) return answer;
    try {
      return ok(shape.parse(await answer.value.json()));
    } catch {
      return failed({ kind: 'broken', said: 'Twilio answered in a shape we do not know.', ambiguous: true });
    }
  }
  async function done(asked: Promise<Result<Response>>): Promise<Result<true>> {
    const answer = await asked;
    if (!answer.ok) return answer;
    await answer.value.body?.cancel();
    return ok(true);
  }

  return {
    streamAgain: (call, { mediaUrl, statusUrl, parameters }) =>
      done(
        ask(call, 'POST', `/Calls/${call.externalId}/Streams.json`, {
          Url: mediaUrl,
          Track: 'both_tracks',
          StatusCallback: statusUrl,
          ...Object.fromEntries(
            Object.entries(parameters).flatMap(([name, value], at) => [
              [`Parameter${at + 1}.Name`, name],
              [`Parameter${at + 1}.Value`, value],
            ]),
          ),
        }),
      ),

    async isOver(call) {
      const answer = await read(ask(call, 'GET', `/Calls/${call.externalId}.json`), callShape);
      if (!answer.ok) return answer.fault.kind === 'gone' ? ok(true) : answer;
      return ok(!RUNNING.includes(answer.value.status));
    },

    async record(call, { statusUrl }) {
      const form = {
        RecordingChannels: 'dual',
        RecordingTrack: 'both',
        Trim: 'do-not-trim',
        RecordingStatusCallback: statusUrl,
        RecordingStatusCallbackEvent: 'completed absent',
      };
      const answer = await read(ask(call, 'POST', `/Calls/${call.externalId}/Recordings.json`, form), recordingShape);
      return answer.ok ? ok(answer.value.sid) : answer;
    },

    async recordingsOf(call, { fromMs, toMs }) {
      const answer = await read(ask(call, 'GET', `/Calls/${call.externalId}/Recordings.json`), listShape);
      if (!answer.ok) return answer.fault.kind === 'gone' ? ok([]) : answer;
      // A tenant may record its calls for itself, and that is none of ours.
      const ours = answer.value.recordings.filter(({ source, channels, start_time }) => {
        const atMs = Date.parse(start_time);
        return source === 'StartCallRecordingAPI' && channels === 2 && atMs >= fromMs - CLOCK_OFF_MS && atMs <= toMs + CLOCK_OFF_MS;
      });
      return ok(ours.map(({ sid }) => sid));
    },

    async stopRecording(call, recording) {
      const stopped = await done(ask(call, 'POST', `/Calls/${call.externalId}/Recordings/${recording}.json`, { Status: 'stopped' }));
      return !stopped.ok && (stopped.fault.kind === 'gone' || stopped.fault.kind === 'refused') ? ok(true) : stopped;
    },

    async fetchRecording(call, recording) {
      const asked = await read(ask(call, 'GET', `/Recordings/${recording}.json`), stateShape);
      if (!asked.ok) return asked;
      const { status } = asked.value;
      if (['in-progress', 'paused', 'stopped', 'processing'].includes(status))
        return failed({ kind: 'busy', said: 'Twilio still works on the recording.' });
      if (status !== 'completed') return failed({ kind: 'gone', said: 'Twilio has no recording of this call.' });
      const file = await ask(call, 'GET', `/Recordings/${recording}.wav?RequestedChannels=2`);
      if (!file.ok) return file;
      const { body, headers } = file.value;
      if (body && Number(headers.get('content-length') ?? 0) <= BYTES_MAX) return ok({ body });
      await body?.cancel();
      return failed({ kind: 'gone', said: 'The recording is larger than a call can be.' });
    },

    async dropRecording(call, recording) {
      const dropped = await done(ask(call, 'DELETE', `/Recordings/${recording}.json`));
      return !dropped.ok && dropped.fault.kind === 'gone' ? ok(true) : dropped;
    },
  };
}
