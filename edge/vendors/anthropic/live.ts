import Anthropic from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { LiveModel, LiveQuestion } from '../../ports/model.ts';
import { faultOf } from './fault.ts';
import { DATA_RULE, liveCost, stopFault, wrapped } from './map.ts';

const MODEL = 'claude-haiku-5-5';
/** More than any answer of the asked shape. */
const TEXT_MAX = 8_000;
const hour = { cache_control: { type: 'ephemeral' as const, ttl: '1h' as const } };
const minutes = { cache_control: { type: 'ephemeral' as const } };

/** Claude for a running call: the smallest model, no thinking, structured output as server-sent events. */
export function anthropicLive(config: { api: string; apiKey: string; model?: string }): LiveModel {
  // A second try would come too late for anybody.
  const client = new Anthropic({ apiKey: config.apiKey, baseURL: config.api, maxRetries: 0 });
  const model = config.model ?? MODEL;
  return {
    async warm({ signal, counted, ...question }) {
      try {
        // The vendor takes no request for 0 tokens that has an output format, and another format is another cache: one token is the least.
        const asked = { ...bodyOf(model, { ...question, tail: '', now: 'Wait.' }), max_tokens: 1 };
        const { usage } = await client.messages.create(asked, { signal });
        counted(liveCost(usage));
        return ok(undefined);
      } catch (error) {
        return failed(faultOf(error));
      }
    },

    async ask({ signal, counted, maxTokens, ...question }, hear) {
      try {
        const stream = await client.messages.create({ ...bodyOf(model, question), max_tokens: maxTokens, stream: true }, { signal });
        const read = await readStream(stream, hear, counted);
        // The SDK ends an aborted stream as if it were over.
        return signal.aborted ? LATE : read;
      } catch (error) {
        return failed(faultOf(error));
      }
    },
  };
}

async function readStream(
  stream: AsyncIterable<Anthropic.RawMessageStreamEvent>,
  hear: (piece: string) => void,
  counted: LiveQuestion['counted'],
): Promise<Result<void>> {
  let chars = 0;
  let usage: Anthropic.Usage | undefined;
  let stop: string | null = null;
  for await (const event of stream) {
    if (event.type === 'message_start') {
      usage = event.message.usage;
      counted(liveCost(usage));
    }
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      chars += event.delta.text.length;
      if (chars > TEXT_MAX) return failed({ kind: 'broken', said: 'The language model did not stop.' });
      hear(event.delta.text);
    }
    if (event.type === 'message_delta') {
      stop = event.delta.stop_reason;
      // Its counts are of the whole answer; what it does not say stands at the beginning.
      if (usage) counted(liveCost({ ...usage, output_tokens: event.usage.output_tokens }));
    }
    if (event.type === 'message_stop') {
      const fault = stopFault(stop);
      return fault ? failed(fault) : ok(undefined);
    }
  }
  return failed({ kind: 'broken', said: 'The language model broke off.' });
}

function bodyOf(model: string, { system, data, tail, now, schema }: Pick<LiveQuestion, 'system' | 'data' | 'tail' | 'now' | 'schema'>) {
  const last = data.length - 1;
  const pieces = data.map((piece, at) => ({ type: 'text' as const, text: wrapped(piece), ...(at === 0 || at === last ? minutes : {}) }));
  const open = tail === '' ? [] : [{ type: 'text' as const, text: wrapped(tail) }];
  return {
    model,
    // What lasts longer has to come first; the first piece is about the account, the last one grows with the call.
    system: [{ type: 'text' as const, text: `${system}\n\n${DATA_RULE}`, ...hour }],
    messages: [{ role: 'user' as const, content: [...pieces, ...open, { type: 'text' as const, text: now }] }],
    thinking: { type: 'disabled' as const },
    output_config: { format: { type: 'json_schema' as const, schema: transformJSONSchema(schema) }, effort: 'low' as const },
  };
}

const LATE = failed({ kind: 'broken' as const, said: 'The language model did not answer in time.' });
