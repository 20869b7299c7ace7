import { LOOK_BACK, type Mark } from './cache.ts';
import { breachOf, isSchema } from './schema.ts';
import type { Asked } from './state.ts';

/** Everything POST /v1/messages knows (the SDK's MessageCreateParams); an unknown field is an error there too. */
const FIELDS = new Set([
  ...['model', 'max_tokens', 'messages', 'system', 'stream', 'output_config', 'metadata', 'stop_sequences', 'service_tier', 'thinking'],
  ...['tools', 'tool_choice', 'cache_control', 'container', 'diagnostics', 'inference_geo', 'speed', 'user_profile_id', 'workspace_id'],
]);

const EFFORTS = new Set(['low', 'medium', 'high', 'xhigh', 'max']);
const THINKING = new Set(['adaptive', 'disabled', 'enabled', 'between_tools']);
const MARKS_MAX = 4;

/** `marks` are the beginnings that are to be cached, shortest first: everything up to a marked block, with all it depends on. */
export type Checked =
  | { ok: true; asked: Omit<Asked, 'cachedChars'>; maxTokens: number; isStream: boolean; marks: Mark[] }
  | { ok: false; why: string };

export function check(body: unknown): Checked {
  const bad = (why: string): Checked => ({ ok: false, why });
  if (!isSchema(body)) return bad('The body must be a JSON object.');
  for (const name of Object.keys(body)) if (!FIELDS.has(name)) return bad(`${name}: extra inputs are not permitted`);
  const { model, max_tokens: maxTokens, messages, system, stream = false, output_config: config = {} } = body;
  if (typeof model !== 'string' || model === '') return bad('model: field required');
  // 0 only warms the cache.
  if (typeof maxTokens !== 'number' || !Number.isInteger(maxTokens) || maxTokens < 0) return bad('max_tokens: must be a whole number');
  if (typeof stream !== 'boolean') return bad('stream: must be a boolean');
  if (!Array.isArray(messages) || messages.length === 0) return bad('messages: at least one message is required');
  const texts: string[] = [];
  for (const [at, message] of messages.entries()) {
    if (!isSchema(message) || (message.role !== 'user' && message.role !== 'assistant'))
      return bad(`messages.${at}.role: must be user or assistant`);
    const text = textOf(message.content);
    if (text === undefined || text === '') return bad(`messages.${at}.content: must be text that is not empty`);
    texts.push(text);
  }
  const instruction = system === undefined ? '' : textOf(system);
  if (instruction === undefined) return bad('system: must be text');
  if (!isSchema(config)) return bad('output_config: must be an object');
  for (const name of Object.keys(config))
    if (name !== 'effort' && name !== 'format') return bad(`output_config.${name}: extra inputs are not permitted`);
  if (config.effort !== undefined && config.effort !== null && !EFFORTS.has(String(config.effort)))
    return bad('output_config.effort: unknown');
  const format = config.format ?? undefined;
  if (format !== undefined) {
    if (!isSchema(format) || format.type !== 'json_schema') return bad('output_config.format.type: must be json_schema');
    const breach = breachOf(format.schema, 'output_config.format.schema');
    if (breach) return bad(breach);
  }
  // Warming the cache with 0 tokens goes together with neither.
  if (maxTokens === 0 && (stream || format !== undefined)) return bad('max_tokens: 0 is not supported with stream or output_config.format');
  const thought = thinkingBreach(model, body.thinking ?? undefined, config.effort);
  if (thought) return bad(thought);
  const schema = isSchema(format) && isSchema(format.schema) ? format.schema : undefined;
  const marks = marksOf(
    [system, ...messages.map((message) => (isSchema(message) ? message.content : ''))],
    `${model} ${JSON.stringify(format)}`,
  );
  if (typeof marks === 'string') return bad(marks);
  return { ok: true, maxTokens, isStream: stream, marks, asked: { model, system: instruction, data: texts.join('\n'), schema } };
}

/** Models since 5 decide themselves how much to think; where they are told not to, they may not be told to try hard. */
function thinkingBreach(model: string, thinking: unknown, effort: unknown): string | undefined {
  if (thinking === undefined) return undefined;
  if (!isSchema(thinking) || !THINKING.has(String(thinking.type))) return 'thinking.type: unknown';
  const isNew = /^claude-\w+-5/.test(model);
  if (isNew && thinking.type === 'enabled') return 'thinking.type: enabled is not supported on this model';
  if (isNew && thinking.type === 'disabled' && (effort === 'xhigh' || effort === 'max'))
    return 'thinking.type: disabled is not supported at this effort';
  return undefined;
}

/** Another model or another shape of the answer is another cache. A sentence when a mark is wrong. */
function marksOf(contents: readonly unknown[], under: string): Mark[] | string {
  const marks: Mark[] = [];
  const ends: string[] = [];
  let sofar = under;
  for (const content of contents) {
    for (const block of Array.isArray(content) ? content : [{ text: content }]) {
      if (!isSchema(block)) continue;
      sofar += `\u0000${String(block.text ?? '')}`;
      const mark = block.cache_control ?? undefined;
      if (mark !== undefined) {
        if (!isSchema(mark) || mark.type !== 'ephemeral') return 'cache_control.type: must be ephemeral';
        if (mark.ttl !== undefined && mark.ttl !== '5m' && mark.ttl !== '1h') return 'cache_control.ttl: must be 5m or 1h';
        const isHour = mark.ttl === '1h';
        if (isHour && marks.some((before) => !before.isHour)) return 'cache_control.ttl: a 1h block must not come after a 5m block';
        marks.push({ text: sofar, behind: ends.slice(-LOOK_BACK).reverse(), isHour });
      }
      ends.push(sofar);
    }
  }
  return marks.length > MARKS_MAX ? `A maximum of ${MARKS_MAX} blocks with cache_control may be provided. Found ${marks.length}.` : marks;
}

/** A string, or text blocks. This twin reads no images and runs no tools. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((block) => (isSchema(block) && block.type === 'text' ? block.text : undefined));
  return texts.every((text) => typeof text === 'string') ? texts.join('\n') : undefined;
}
