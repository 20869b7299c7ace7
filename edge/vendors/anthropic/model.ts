import Anthropic from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { Model } from '../../ports/model.ts';
import { faultOf } from './fault.ts';
import { costOf, DATA_RULE, jsonOf, usedOf, wrapped } from './map.ts';

const MODEL = 'claude-sonnet-5-5';
const cached = { cache_control: { type: 'ephemeral' as const } };

/** Claude with structured output: the vendor holds the answer to the schema, and whoever asked parses it once more. */
export function anthropicModel(config: { api: string; apiKey: string; model?: string }): Model {
  const client = new Anthropic({ apiKey: config.apiKey, baseURL: config.api, maxRetries: 1 });
  const model = config.model ?? MODEL;
  return {
    async ask({ system, data, more, schema, maxTokens, timeoutMs }) {
      const asked = {
        model,
        max_tokens: maxTokens,
        // Two marks: what all calls share, and what a second question about the same call shares with the first.
        system: [{ type: 'text' as const, text: `${system}\n\n${DATA_RULE}`, ...cached }],
        messages: [
          {
            role: 'user' as const,
            content: [
              { type: 'text' as const, text: wrapped(data), ...cached },
              ...(more === undefined ? [] : [{ type: 'text' as const, text: more }]),
            ],
          },
        ],
        output_config: {
          format: { type: 'json_schema' as const, schema: transformJSONSchema(schema) },
          // Thinking is on by default and counts as output; reading needs little of it.
          effort: 'low' as const,
        },
      };
      try {
        // The SDK's own timeout counts for each try; the signal ends them together.
        const answer = await client.messages.create(asked, { timeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs) });
        const value = jsonOf(answer);
        return value.ok
          ? ok({ value: value.value, model: answer.model, tokens: costOf(answer.usage), used: usedOf(answer.usage) })
          : failed(value.fault);
      } catch (error) {
        return failed(faultOf(error));
      }
    },
  };
}
