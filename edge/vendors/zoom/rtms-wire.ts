import * as z from 'zod/mini';
import type { Fault } from '../../../shared/kit/result.ts';

/** Numbers of the wire. developers.zoom.us/docs/rtms/data-types */
export const SAYS = { hello: 1, mediaHello: 3, subscribe: 5, ready: 7, alive: 13 } as const;
const [HELLO_ANSWER, MEDIA_ANSWER, EVENT, STREAM_STATE, SESSION_STATE, ARE_YOU_THERE, AUDIO] = [2, 4, 6, 8, 9, 12, 14];
const [CAME, WENT, MEDIA_CUT] = [3, 4, 7];
const TERMINATED = 4;
const STOPPED = 5;
const REVOKED = 8;
/** RTMS_STATUS_CODE: the account or the app may not, ever. */
const DUPLICATES = new Set([8, 16]);
const NO_STREAM = new Set([2, 40]);
/** What it does not like about the audio we asked for. */
const BAD_AUDIO = new Set([9, 17, 18, 20]);
/** RTMS_STOP_REASON: Zoom's trouble or ours, and nobody's wish: another stream of the same meeting may come. */
const isTrouble = (reason: number): boolean => (reason >= 10 && reason <= 19) || reason === 24;

const MESSAGE_MAX = 128 * 1024;
const id = z.union([z.string().check(z.maxLength(200)), z.number()]);
const name = z.string().check(z.maxLength(500));
const person = z.object({ user_id: id, user_name: z._default(z.nullable(name), '') });
const address = z.string().check(z.maxLength(2_048));

const message = z.looseObject({ msg_type: z.number() });
const answer = z.object({
  status_code: z.number(),
  media_server: z.optional(z.object({ server_urls: z.object({ audio: z.optional(address), all: z.optional(address) }) })),
  media_params: z.optional(
    z.object({ audio: z.optional(z.object({ sample_rate: z.optional(z.number()), data_opt: z.optional(z.number()) })) }),
  ),
});
const event = z.object({
  event: z.object({
    event_type: z.number(),
    participants: z.optional(z.array(person).check(z.maxLength(1_000))),
    ...z.partial(person).shape,
  }),
});
const ending = z.object({ state: z.number(), reason: z.optional(z.number()), stop_reason: z.optional(z.number()) });
const ping = z.object({ timestamp: z.number() });
const audio = z.object({
  content: z.object({
    ...person.shape,
    data: z.string().check(z.maxLength(65_536), z.regex(/^[A-Za-z0-9+/]+={0,2}$/)),
    timestamp: z.number(),
  }),
});

/** What one message of either socket means. `audio` is asked for in Hz as Zoom echoed it. */
export type RtmsSaid =
  | { is: 'answer'; status: number; mediaAddress?: string; hz?: Hz; isMixed: boolean }
  | { is: 'came' | 'went'; people: { who: string; name: string }[] }
  | { is: 'media-cut' }
  | { is: 'over'; isRevoked: boolean }
  | { is: 'trouble' }
  | { is: 'ping'; timestamp: number }
  | { is: 'audio'; who: string; name: string; atMs: number; bytes: Uint8Array }
  | { is: 'unknown' };

const RATES = [8_000, 16_000, 32_000, 48_000] as const;
export type Hz = (typeof RATES)[number];

/** Anything that is not as it should be is `unknown`, never an exception. */
export function readRtms(data: unknown): RtmsSaid {
  const unknown = { is: 'unknown' } as const;
  const raw = typeof data === 'string' && data.length <= MESSAGE_MAX ? parsed(data) : undefined;
  const kind = message.safeParse(raw);
  if (!kind.success) return unknown;
  switch (kind.data.msg_type) {
    case HELLO_ANSWER:
    case MEDIA_ANSWER:
      return answerOf(raw) ?? unknown;
    case EVENT:
      return eventOf(raw) ?? unknown;
    case STREAM_STATE:
    case SESSION_STATE: {
      const read = ending.safeParse(raw);
      const isEnd = read.success && read.data.state === (kind.data.msg_type === STREAM_STATE ? TERMINATED : STOPPED);
      const reason = read.data?.reason ?? read.data?.stop_reason ?? 0;
      if (!isEnd) return unknown;
      // A session is one person's; the stream outlives it, unless it is taken back.
      if (kind.data.msg_type === SESSION_STATE && reason !== REVOKED) return unknown;
      return isTrouble(reason) ? { is: 'trouble' } : { is: 'over', isRevoked: reason === REVOKED };
    }
    case ARE_YOU_THERE: {
      const read = ping.safeParse(raw);
      return read.success ? { is: 'ping', timestamp: read.data.timestamp } : unknown;
    }
    case AUDIO:
      return audioOf(raw) ?? unknown;
    default:
      return unknown;
  }
}

function answerOf(raw: unknown): RtmsSaid | undefined {
  const read = answer.safeParse(raw);
  if (!read.success) return undefined;
  const { status_code: status, media_server: media, media_params: params } = read.data;
  const mediaAddress = media?.server_urls.audio ?? media?.server_urls.all;
  const hz = RATES[params?.audio?.sample_rate ?? -1];
  return {
    is: 'answer',
    status,
    isMixed: params?.audio?.data_opt === 1,
    ...(mediaAddress === undefined ? {} : { mediaAddress }),
    ...(hz === undefined ? {} : { hz }),
  };
}

function eventOf(raw: unknown): RtmsSaid | undefined {
  const read = event.safeParse(raw);
  if (!read.success) return undefined;
  const { event_type: type, participants, user_id, user_name } = read.data.event;
  if (type === MEDIA_CUT) return { is: 'media-cut' };
  if (type !== CAME && type !== WENT) return undefined;
  const people = participants ?? (user_id === undefined ? [] : [{ user_id, user_name: user_name ?? '' }]);
  return { is: type === CAME ? 'came' : 'went', people: people.map((one) => ({ who: String(one.user_id), name: one.user_name ?? '' })) };
}

function audioOf(raw: unknown): RtmsSaid | undefined {
  const read = audio.safeParse(raw);
  if (!read.success) return undefined;
  const { user_id, user_name, data, timestamp } = read.data.content;
  const bytes = base64(data);
  // Some of its pages count milliseconds and some microseconds.
  const atMs = timestamp > 1e14 ? timestamp / 1_000 : timestamp;
  return bytes && { is: 'audio', who: String(user_id), name: user_name ?? '', atMs, bytes };
}

/** L16 of each person alone, 20 ms a frame. */
export const audioAt = (hz: Hz) => ({
  audio: { content_type: 2, sample_rate: RATES.indexOf(hz), channel: 1, codec: 1, data_opt: 2, send_rate: 20 },
});

export const dislikesAudio = (status: number): boolean => BAD_AUDIO.has(status);

/** What a refused handshake means for us. */
export function faultOf(status: number): Fault {
  if (DUPLICATES.has(status)) return { kind: 'busy', said: 'Zoom still holds our last connection to this stream.' };
  if (NO_STREAM.has(status)) return { kind: 'gone', said: 'Zoom has no such stream any more.' };
  if (status === 3) return { kind: 'refused', said: 'Zoom does not accept our signature. Check the client secret of the app.' };
  return { kind: 'refused', said: `Zoom refuses this stream (${status}).` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function base64(data: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
