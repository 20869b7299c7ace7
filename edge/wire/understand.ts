import { parseTranscript } from '../../shared/capture/parse-transcript.ts';
import * as calls from '../capture/store.ts';
import { claimCall, releaseCall } from '../capture/waiting/store.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import type { Model, TokensUsed } from '../ports/model.ts';
import type { BatchSpeech } from '../ports/speech.ts';
import { currentInsight, lastAsked } from '../understand/again/store.ts';
import { extract } from '../understand/extract.ts';
import * as insights from '../understand/store.ts';
import { transcribe } from '../understand/transcribe.ts';
import { audioFiles } from './audio-files.ts';
import { keytermsOf } from './keyterms.ts';
import { openTracks } from './meeting-files.ts';
import { monthOf } from './month.ts';
import { enqueue } from './queue.ts';
import { modelTokensMax, noteSpend } from './spend.ts';

const TRIES_MAX = 28;
const WAIT_MAX_MS = 3_600_000;

/** Longer than the speech vendor may take for one recording. */
const HEARING_MAX_MS = 15 * 60_000;
/** A recording is heard many times faster than it was spoken; this is for the way there and back. */
const HEARING_MIN_MS = 2 * 60_000;

/** Longer than the language model may take for a call and its repair. */
const ASKING_MAX_MS = 5 * 60_000;
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
    transcribe: async (ids: Ids) => {
      const lease = oneLease(parts);
      const spent = { batchSeconds: 0, whisperSeconds: 0 };
      return transcribe(
        {
          callOf: (tenantId, callId) => calls.callOf(db, tenantId, callId),
          keytermsOf: (tenantId) => keytermsOf(parts, tenantId, ids.callId),
          open: (key) => files.open(ids.tenantId, key),
          openTracks: (key, contentType) => openTracks((part) => files.open(ids.tenantId, key, part), contentType),
          parseFile: (bytes, names) => {
            return parseTranscript(bytes, 'The file', names);
          },
          speech: paid(parts.batchSpeech, (seconds) => {
            spent.batchSeconds += seconds;
          }),
          ...(parts.secondSpeech
            ? {
                secondSpeech: paid(parts.secondSpeech, (seconds) => {
                  spent.whisperSeconds += seconds;
                }),
              }
            : {}),
          metered: (callId, share, by) => log({ at: 'queue', what: `heard-${by}`, count: Math.round(share * 1_000), trace: callId }),
          holdOff: async (tenantId, callId) => {
            const { durationMs } = (await calls.callOf(db, tenantId, callId)) ?? {};
            const heldMs = durationMs == null ? HEARING_MAX_MS : Math.min(HEARING_MAX_MS, HEARING_MIN_MS + durationMs);
            return lease.take(tenantId, callId, 'ended', heldMs);
          },
          letGo: lease.giveBack,
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
      ).finally(() => notePart(parts, ids, 'heard', spent));
    },

    extract: async (ids: Ids) => {
      const lease = oneLease(parts);
      const used = { tokensIn: 0, tokensOut: 0, tokensCached: 0, tokensWritten: 0 };
      return extract(
        {
          callOf: async (tenantId, callId) => {
            const [call, competitors] = await Promise.all([calls.callOf(db, tenantId, callId), competitorsOf(tenantId)]);
            return call && { ...call, startedAt: call.startedAt.toISOString(), competitors };
          },
          utterancesOf: (tenantId, callId) => calls.utterancesOf(db, tenantId, callId),
          model: parts.model && counted(parts.model, used),
          fence: () => crypto.randomUUID(),
          budgetOf: async (tenantId) => {
            const month = monthOf(parts.now());
            const tokensMax = await modelTokensMax(parts, tenantId);
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
          holdOff: (tenantId, callId) => lease.take(tenantId, callId, 'transcribed', ASKING_MAX_MS),
          goOn: lease.giveBack,
          isKnown: async (tenantId, callId) => (await currentInsight(db, tenantId, callId)) !== null,
          save: (tenantId, callId, insight) => insights.saveInsight(db, tenantId, callId, insight),
        },
        ids,
      ).finally(() => notePart(parts, ids, 'read', used));
    },

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

/** One try at hearing or reading a call: what the same message costs twice is counted once, another try by itself. The work stands whatever becomes of it. */
async function notePart(parts: Parts, { tenantId, callId }: Ids, work: 'heard' | 'read', used: Parameters<typeof noteSpend>[2]) {
  if (Object.values(used).every((amount) => amount === 0)) return;
  try {
    const [call, asked] = await Promise.all([calls.callOf(parts.db, tenantId, callId), lastAsked(parts.db, tenantId, callId)]);
    const part = [work, call?.tries ?? 0, ...(asked === null ? [] : [asked])].join(' ');
    await noteSpend(parts, { tenantId, callId, part }, used);
  } catch {
    log({ at: 'queue', what: 'spend-not-noted', level: 'warn', trace: callId, tenant: tenantId });
  }
}

const paid = (speech: BatchSpeech, spent: (seconds: number) => void): BatchSpeech => ({
  transcribe: (audio) => speech.transcribe({ ...audio, spent }),
});

/** The same model, what it counts added to `used`. */
const counted = (model: Model, used: TokensUsed): Model => ({
  ask: async (question) => {
    const answer = await model.ask(question);
    if (answer.ok && answer.value.used)
      for (const kind of ['tokensIn', 'tokensOut', 'tokensCached', 'tokensWritten'] as const) used[kind] += answer.value.used[kind];
    return answer;
  },
});

/** The one claim that a message may hold: what it gives back is its own. */
function oneLease({ db, now }: Parts) {
  let until: Date | undefined;
  return {
    take(tenantId: string, callId: string, status: 'ended' | 'transcribed', forMs: number): Promise<boolean> {
      until = new Date(now() + forMs);
      return claimCall(db, tenantId, callId, status, new Date(now()), until);
    },
    async giveBack(tenantId: string, callId: string): Promise<void> {
      if (until) await releaseCall(db, tenantId, callId, until);
    },
  };
}
