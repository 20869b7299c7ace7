import Anthropic from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { Model } from '../../ports/model.ts';
import { faultOf } from './fault.ts';
import { DATA_RULE, jsonOf, wrapped } from './map.ts';

const MODEL = 'claude-sonnet-5-5';

/** Claude with structured output: the vendor holds the answer to the schema, and whoever asked parses it once more. */
export function anthropicModel(config: { api: string; apiKey: string; model?: string }): Model {
  const client = new Anthropic({ apiKey: config.apiKey, baseURL: config.api, maxRetries: 1 });
  const model = config.model ?? MODEL;
  return {
    async ask({ system, data, schema, maxTokens, timeoutMs }) {
      const asked = {
        model,
        max_tokens: maxTokens,
        system: `${system}\n\n${DATA_RULE}`,
        messages: [{ role: 'user' as const, content: wrapped(data) }],
        output_config: { format: { type: 'json_schema' as const, schema: transformJSONSchema(schema) } },
      };
      try {
        // The SDK's own timeout counts for each try; the signal ends them together.
        const answer = await client.messages.create(asked, { timeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs) });
        const value = jsonOf(answer);
        return value.ok ? ok({ value: value.value, model: answer.model }) : failed(value.fault);
      } catch (error) {
        return failed(faultOf(error));
      }
    },
  };
}
