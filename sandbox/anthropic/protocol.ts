import { randomUUID } from 'node:crypto';
import { type Exchange, serve } from '../kit/serve.ts';
import { type PromptCache, promptCache } from './cache.ts';
import { type Fault, type Faults, faults } from './faults.ts';
import { check } from './request.ts';
import { smallest } from './schema.ts';
import { type Asked, MODELS } from './state.ts';

export interface AnthropicOptions {
  port: number;
  apiKey: string;
  /** The script: what Claude answers. A text as it is, anything else as JSON; undefined falls back to the least valid answer. */
  reply?: (asked: Asked) => unknown;
  record?: (exchange: Exchange) => void;
}

export interface AnthropicTwin {
  origin: string;
  faults: Faults;
  close(): Promise<void>;
}

const SLOW_MS = 2_000;

/** Claude's Messages API without Claude: the same doors and refusals, and answers from a script. */
export async function startAnthropic(options: AnthropicOptions): Promise<AnthropicTwin> {
  const trouble = faults();
  const cache = promptCache();
  const served = await serve((request) => answer(request, options, cache, trouble.take()), {
    vendor: 'anthropic',
    port: options.port,
    record: options.record,
  });
  return { origin: served.origin, faults: trouble, close: served.close };
}

async function answer(request: Request, options: AnthropicOptions, cache: PromptCache, fault: Fault | undefined): Promise<Response> {
  const key = request.headers.get('x-api-key') ?? request.headers.get('authorization')?.replace(/^Bearer /, '');
  if (key !== options.apiKey) return refuse(401, 'authentication_error', 'The key is not valid.');
  if (new URL(request.url).pathname !== '/v1/messages') return refuse(404, 'not_found_error', 'There is nothing here.');
  if (request.method !== 'POST') return refuse(405, 'invalid_request_error', 'Method not allowed.');
  if (!/^20\d\d-\d\d-\d\d$/.test(request.headers.get('anthropic-version') ?? '')) {
    return refuse(400, 'invalid_request_error', 'anthropic-version: header is required');
  }
  const checked = check(await request.json().catch(() => undefined));
  if (!checked.ok) return refuse(400, 'invalid_request_error', checked.why);
  const { maxTokens, isStream, marks } = checked;
  if (!MODELS.has(checked.asked.model)) return refuse(404, 'not_found_error', `model: ${checked.asked.model}`);
  if (fault === 'rate-limit') return refuse(429, 'rate_limit_error', 'Too many requests.', { 'retry-after': '0' });
  if (fault === 'overloaded') return refuse(529, 'overloaded_error', 'Overloaded.', { 'retry-after': '0' });
  if (fault === 'broken') return refuse(500, 'api_error', 'Something broke.', { 'retry-after': '0' });
  if (fault === 'slow') await new Promise((done) => setTimeout(done, SLOW_MS).unref());

  const { readChars, writtenChars } = cache.take(marks);
  const asked = { ...checked.asked, cachedChars: readChars };
  const scripted = options.reply?.(asked) ?? (asked.schema ? smallest(asked.schema) : 'Understood.');
  const whole = typeof scripted === 'string' ? scripted : JSON.stringify(scripted);
  const isCut = fault === 'cut' || maxTokens === 0;
  const text =
    fault === 'refusal' ? '' : fault === 'malformed' ? `Sure! ${whole.slice(1)}` : isCut ? whole.slice(0, whole.length / 2) : whole;
  const message = {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content:
      maxTokens === 0 || fault === 'refusal'
        ? []
        : [
            ...(fault === 'thinks' ? [{ type: 'thinking', thinking: '', signature: randomUUID() }] : []),
            { type: 'text', text, citations: null },
          ],
    stop_reason: fault === 'refusal' ? 'refusal' : isCut ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: Math.max(0, tokens(asked.system + asked.data) - Math.ceil((readChars + writtenChars) / 4)),
      output_tokens: tokens(text),
      cache_creation_input_tokens: Math.ceil(writtenChars / 4),
      cache_read_input_tokens: Math.ceil(readChars / 4),
    },
  };
  const headers = { 'request-id': `req_${randomUUID()}` };
  if (!isStream) return Response.json(message, { headers });
  return new Response(events(message, text), { headers: { ...headers, 'content-type': 'text/event-stream' } });
}

/** The same answer as server-sent events, a piece at a time. */
function events(message: { stop_reason: string; content: unknown[]; usage: object }, text: string): string {
  const { stop_reason, usage, content } = message;
  const pieces = content.length > 0 ? (text.match(/[\s\S]{1,40}/g) ?? []) : [];
  const block =
    content.length === 0
      ? []
      : [
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
          ...pieces.map((piece) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } })),
          { type: 'content_block_stop', index: 0 },
        ];
  const all = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    ...block,
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage },
    { type: 'message_stop' },
  ];
  return all.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}

function refuse(status: number, type: string, message: string, headers: Record<string, string> = {}): Response {
  const request_id = `req_${randomUUID()}`;
  return Response.json(
    { type: 'error', error: { type, message }, request_id },
    { status, headers: { ...headers, 'request-id': request_id } },
  );
}

/** Roughly four letters a token. */
const tokens = (text: string): number => Math.ceil(text.length / 4);
