import { randomUUID } from 'node:crypto';
import { type Exchange, serve } from '../kit/serve.ts';
import { type PromptCache, promptCache } from './cache.ts';
import { type Faults, faults } from './faults.ts';
import { check } from './request.ts';
import { smallest } from './schema.ts';
import { type Asked, MODELS } from './state.ts';
import { eventStream, type Paced } from './stream.ts';

export interface AnthropicOptions {
  port: number;
  apiKey: string;
  /** The script: what Claude answers. A text as it is, anything else as JSON; undefined falls back to the least valid answer. */
  reply?: (asked: Asked) => unknown;
  /** What lies between two pieces of a stream. */
  pieceMs?: number;
  record?: (exchange: Exchange) => void;
}

export interface AnthropicTwin {
  origin: string;
  faults: Faults;
  /** How each stream ended so far, in order. */
  streams: readonly Parameters<Paced['ended']>[0][];
  close(): Promise<void>;
}

const SLOW_MS = 2_000;
const PIECE_CHARS = 12;

/** Claude's Messages API without Claude: the same doors and refusals, and answers from a script. */
export async function startAnthropic(options: AnthropicOptions): Promise<AnthropicTwin> {
  const trouble = faults();
  const cache = promptCache();
  const streams: Parameters<Paced['ended']>[0][] = [];
  const ended = (how: (typeof streams)[number]) => streams.push(how);
  const served = await serve((request) => answer(request, options, cache, { fault: trouble.take(), ended }), {
    vendor: 'anthropic',
    port: options.port,
    record: options.record,
  });
  return { origin: served.origin, faults: trouble, streams, close: served.close };
}

async function answer(
  request: Request,
  options: AnthropicOptions,
  cache: PromptCache,
  { fault, ended }: Pick<Paced, 'fault' | 'ended'>,
): Promise<Response> {
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
  if (fault === 'later') return refuse(429, 'rate_limit_error', 'Too many requests.', { 'retry-after': '30' });
  if (fault === 'overloaded') return refuse(529, 'overloaded_error', 'Overloaded.', { 'retry-after': '0' });
  if (fault === 'broken') return refuse(500, 'api_error', 'Something broke.', { 'retry-after': '0' });
  if (fault === 'slow') await new Promise((done) => setTimeout(done, SLOW_MS).unref());

  const { readChars, writtenChars, hourChars } = cache.take(marks);
  const asked = { ...checked.asked, cachedChars: readChars };
  const scripted = options.reply?.(asked) ?? (asked.schema ? smallest(asked.schema) : 'Understood.');
  const whole = typeof scripted === 'string' ? scripted : JSON.stringify(scripted);
  const isCut = fault === 'cut' || maxTokens <= 1;
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
      cache_creation: {
        ephemeral_1h_input_tokens: Math.ceil(hourChars / 4),
        ephemeral_5m_input_tokens: Math.ceil((writtenChars - hourChars) / 4),
      },
    },
  };
  const headers = { 'request-id': `req_${randomUUID()}` };
  if (!isStream) return Response.json(message, { headers });
  const paced = { pieceChars: PIECE_CHARS, pieceMs: options.pieceMs ?? 0, fault, ended };
  return new Response(eventStream(message, paced), { headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' } });
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
