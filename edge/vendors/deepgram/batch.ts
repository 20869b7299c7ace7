import { DeepgramClient, DeepgramError } from '@deepgram/sdk';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { BatchSpeech } from '../../ports/speech.ts';
import { faultOf } from './fault.ts';
import { paidSeconds, utterancesOf } from './map.ts';

/** The vendor gives up on a recording after ten minutes; a queue consumer has fifteen. */
const TIMEOUT_S = 600;
const KEYTERMS_MAX = 50;

/** Recordings through nova-3. Numbers are written as numbers (smart_format): prices and dates are what we look for. */
export function deepgramBatch(config: { api: string; apiKey: string }): BatchSpeech {
  const socket = config.api.replace(/^http/, 'ws');
  const client = new DeepgramClient({
    apiKey: config.apiKey,
    environment: { base: config.api, production: socket, agent: socket, agentRest: config.api },
  });
  return {
    async transcribe({ body, contentType, channels, keyterms, spent }) {
      const isSplit = channels.length > 1;
      const asked = {
        model: 'nova-3',
        language: 'en',
        smart_format: true,
        punctuate: true,
        utterances: true,
        // Pinned: what we know of its slips was built around this one.
        ...(isSplit ? { multichannel: true } : { diarize_model: 'v2' as const }),
        ...(keyterms.length > 0 ? { keyterm: keyterms.slice(0, KEYTERMS_MAX) } : {}),
      };
      try {
        // A stream cannot be sent twice, and the queue tries again anyway.
        const answer = await client.listen.v1.media.transcribeFile({ data: body, contentType }, asked, {
          timeoutInSeconds: TIMEOUT_S,
          maxRetries: 0,
        });
        const utterances = utterancesOf(answer, channels);
        spent?.(paidSeconds(answer, isSplit));
        return utterances ? ok(utterances) : failed({ kind: 'broken', said: 'Deepgram answered in a shape we do not know.' });
      } catch (error) {
        return failed(faultOf(error instanceof DeepgramError ? error.statusCode : undefined));
      }
    },
  };
}
