import { parseTranscript } from '../../shared/capture/parse-transcript.ts';
import * as calls from '../capture/store.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import { currentInsight } from '../understand/again/store.ts';
import { extract } from '../understand/extract.ts';
import * as insights from '../understand/store.ts';
import { transcribe } from '../understand/transcribe.ts';
import { audioFiles } from './audio-files.ts';
import { openTracks } from './meeting-files.ts';
import { monthOf } from './month.ts';
import { enqueue } from './queue.ts';

const TRIES_MAX = 28;
const WAIT_MAX_MS = 3_600_000;

/** Longer than the speech vendor may take for one recording. */
const HEARING_MAX_MS = 15 * 60_000;
/** A recording is heard many times faster than it was spoken; this is for the way there and back. */
const HEARING_MIN_MS = 2 * 60_000;

/** Longer than the language model may take for a call and its repair. */
const ASKING_MAX_MS = 5 * 60_000;
/** What a minute of a plan is worth at the language model: a short call costs about 2,000 a minute, a long one 500. */
const TOKENS_A_MINUTE = 2_500;
/** So many earlier calls of a record are asked who its people are. */
const RECORD_CALLS = 20;

interface Ids {
  tenantId: string;
  callId: string;
}

export function wireUnderstand(parts: Parts) {
  const { db, lately, bindings } = parts;
  const competitorsOf = async (tenantId: string) => (await lately.tenantOf(tenantId))?.competitors ?? [];

  const files = audioFiles(parts);
  const giveUp = async ({ tenantId, callId }: Ids) => {
    await calls.failCall(db, tenantId, callId, 'This call could not be understood after several tries. Its recording is kept.');
  };

  return {
    transcribe: (ids: Ids) =>
      transcribe(
        {
          callOf: (tenantId, callId) => calls.callOf(db, tenantId, callId),
          keytermsOf: competitorsOf,
          open: (key) => files.open(ids.tenantId, key),
          openTracks: (key, contentType) => openTracks((part) => files.open(ids.tenantId, key, part), contentType),
          parseFile: (bytes, names) => {
            return parseTranscript(bytes, 'The file', names);
          },
          speech: parts.batchSpeech,
          ...(parts.secondSpeech ? { secondSpeech: parts.secondSpeech } : {}),
          metered: (callId, share, by) => log({ at: 'queue', what: `heard-${by}`, count: Math.round(share * 1_000), trace: callId }),
          holdOff: async (tenantId, callId) => {
            const { durationMs } = (await calls.callOf(db, tenantId, callId)) ?? {};
            const heldMs = durationMs == null ? HEARING_MAX_MS : Math.min(HEARING_MAX_MS, HEARING_MIN_MS + durationMs);
            await calls.moveCall(db, tenantId, callId, 'ended', 'ended', { nextAt: new Date(parts.now() + heldMs) });
          },
          letGo: async (tenantId, callId) => {
            await calls.moveCall(db, tenantId, callId, 'ended', 'ended', { nextAt: null });
          },
          save: async (tenantId, callId, utterances) => {
            await calls.saveUtterances(db, tenantId, callId, utterances);
            await calls.moveCall(db, tenantId, callId, 'ended', 'transcribed', { nextAt: null });
          },
          fail: async (tenantId, callId, trouble) => {
            await calls.failCall(db, tenantId, callId, trouble);
          },
          enqueue: (job) => enqueue(bindings, job),
        },
        ids,
      ),

    extract: (ids: Ids) =>
      extract(
        {
          callOf: async (tenantId, callId) => {
            const [call, competitors] = await Promise.all([calls.callOf(db, tenantId, callId), competitorsOf(tenantId)]);
            return call && { ...call, startedAt: call.startedAt.toISOString(), competitors };
          },
          utterancesOf: (tenantId, callId) => calls.utterancesOf(db, tenantId, callId),
          model: parts.model,
          fence: () => crypto.randomUUID(),
          budgetOf: async (tenantId) => {
            const month = monthOf(parts.now());
            const tokensMax = ((await lately.tenantOf(tenantId))?.minutesPerMonth ?? 0) * TOKENS_A_MINUTE;
            return {
              takeTokens: (tokens) => insights.takeTokens(db, tenantId, month, tokens, tokensMax),
              giveTokens: (tokens) => insights.giveTokens(db, tenantId, month, tokens),
            };
          },
          peopleOf: async (tenantId, callId) => {
            const call = await calls.callOf(db, tenantId, callId);
            const rows = call?.record ? await calls.callsOfRecord(db, tenantId, call.record, RECORD_CALLS) : [];
            return [...new Set(rows.flatMap((row) => [row.customerName, row.repName]))];
          },
          holdOff: async (tenantId, callId) => {
            await calls.moveCall(db, tenantId, callId, 'transcribed', 'transcribed', { nextAt: new Date(parts.now() + ASKING_MAX_MS) });
          },
          goOn: async (tenantId, callId) => {
            await calls.moveCall(db, tenantId, callId, 'transcribed', 'transcribed', { nextAt: null });
          },
          isKnown: async (tenantId, callId) => (await currentInsight(db, tenantId, callId)) !== null,
          save: (tenantId, callId, insight) => insights.saveInsight(db, tenantId, callId, insight),
        },
        ids,
      ),

    /** All that follows was done: only now the call counts as understood, so a lost message is always found again. */
    finish: async ({ tenantId, callId }: Ids) => {
      await calls.moveCall(db, tenantId, callId, 'transcribed', 'understood', { nextAt: null });
    },

    /** For a day or so: 1, 2, 4 … minutes, then every hour. */
    postpone: async ({ tenantId, callId }: Ids) => {
      const call = await calls.callOf(db, tenantId, callId);
      if (call?.status !== 'ended' && call?.status !== 'transcribed') return;
      const tries = call.tries + 1;
      if (tries > TRIES_MAX) return giveUp({ tenantId, callId });
      const nextAt = new Date(parts.now() + Math.min(WAIT_MAX_MS, 30_000 * 2 ** tries));
      await calls.moveCall(db, tenantId, callId, call.status, call.status, { tries, nextAt });
    },
  };
}
