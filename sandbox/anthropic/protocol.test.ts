import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnthropicTwin, startAnthropic } from './protocol.ts';

let twin: AnthropicTwin;
beforeAll(async () => {
  twin = await startAnthropic({ port: 0, apiKey: 'right' });
});
afterAll(() => twin.close());

const ask = { model: 'claude-haiku-5-5', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hello' }] };
const client = (apiKey = 'right') => new Anthropic({ apiKey, baseURL: twin.origin, maxRetries: 0 });

describe("the vendor's own SDK", () => {
  test('gets a message', async () => {
    const { content, stop_reason } = await client().messages.create(ask);
    expect([content, stop_reason]).toEqual([[{ type: 'text', text: 'Understood.', citations: null }], 'end_turn']);
  });

  test('gets a stream', async () => {
    const stream = client().messages.stream(ask);
    const pieces: string[] = [];
    stream.on('text', (text) => pieces.push(text));
    const whole = await stream.finalMessage();
    expect([pieces.join(''), whole.stop_reason]).toEqual(['Understood.', 'end_turn']);
  });

  test('gets the least that satisfies a schema', async () => {
    const schema = {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'list', 'inner'],
      $defs: { inner: { type: 'object', additionalProperties: false, required: ['n'], properties: { n: { type: 'number' } } } },
      properties: {
        kind: { enum: ['a', 'b'] },
        list: { type: 'array', items: { type: 'string' } },
        inner: { $ref: '#/$defs/inner' },
        free: { type: 'string' },
      },
    };
    const answer = await client().messages.create({ ...ask, output_config: { format: { type: 'json_schema', schema } } });
    const [block] = answer.content;
    expect(block?.type === 'text' && JSON.parse(block.text)).toEqual({ kind: 'a', list: [], inner: { n: 0 } });
  });

  test('pays a tenth for a marked beginning that was here before', async () => {
    const rules = [{ type: 'text' as const, text: 'The same rules. '.repeat(200), cache_control: { type: 'ephemeral' as const } }];
    const usageOf = async (content: string) =>
      (await client().messages.create({ ...ask, system: rules, messages: [{ role: 'user', content }] })).usage;
    const [first, second] = [await usageOf('One'), await usageOf('Two')];
    expect(first.cache_creation_input_tokens).toBeGreaterThan(700);
    expect([second.cache_creation_input_tokens, second.cache_read_input_tokens]).toEqual([0, first.cache_creation_input_tokens]);
  });

  test('finds what an earlier question marked, up to twenty blocks behind a mark', async () => {
    const cached = { cache_control: { type: 'ephemeral' as const } };
    const talk = Array.from({ length: 30 }, (_, n) => ({ type: 'text' as const, text: `${n} ${'said '.repeat(100)}` }));
    const readOf = async (pieces: number) => {
      const content = talk.slice(0, pieces).map((piece, at) => (at === pieces - 1 ? { ...piece, ...cached } : piece));
      return (await client().messages.create({ ...ask, messages: [{ role: 'user', content }] })).usage.cache_read_input_tokens ?? 0;
    };
    const [first, second, far] = [await readOf(5), await readOf(6), await readOf(30)];
    expect([first, second > 600, far]).toEqual([0, true, 0]);
  });

  test('gets a stream with everything a stream has', async () => {
    const events = await client()
      .messages.create({ ...ask, stream: true })
      .asResponse();
    const names = (await events.text()).match(/(?<=^event: ).*$/gm);
    expect(names).toEqual([
      ...['message_start', 'content_block_start', 'ping', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'],
    ]);
  });

  test.each([
    ['trouble', Anthropic.APIError],
    ['breaks', Error],
  ] as const)('hears of %s in the middle of a stream', async (fault, kind) => {
    twin.faults.next(fault);
    await expect(client().messages.stream(ask).finalMessage()).rejects.toBeInstanceOf(kind);
  });

  test('is refused with a wrong key', async () => {
    await expect(client('wrong').messages.create(ask)).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
  });

  test('does not find a model that is not there', async () => {
    await expect(client().messages.create({ ...ask, model: 'claude-nobody' })).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });

  test('hears 429 and 529 when told so', async () => {
    twin.faults.next('rate-limit');
    await expect(client().messages.create(ask)).rejects.toBeInstanceOf(Anthropic.RateLimitError);
    twin.faults.next('overloaded');
    await expect(client().messages.create(ask)).rejects.toMatchObject({ status: 529 });
  });
});

const hourLast = [undefined, '1h'].map((ttl) => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl } }));

describe('a request by hand', () => {
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const all = { 'x-api-key': 'right', 'anthropic-version': '2023-06-01', 'content-type': 'application/json', ...headers };
    const response = await fetch(`${twin.origin}/v1/messages`, { method: 'POST', headers: all, body: JSON.stringify(body) });
    const { error } = (await response.json()) as { error?: { type: string; message: string } };
    return [response.status, error?.type];
  };

  test('may bring its key in x-api-key', async () => {
    expect(await post(ask)).toEqual([200, undefined]);
  });

  test('needs a version', async () => {
    expect(await post(ask, { 'anthropic-version': '' })).toEqual([400, 'invalid_request_error']);
  });

  test.each([
    ['no object', []],
    ['an unknown field', { ...ask, temprature: 1 }],
    ['no model', { ...ask, model: undefined }],
    ['no max_tokens', { ...ask, max_tokens: undefined }],
    ['no messages', { ...ask, messages: [] }],
    ['an unknown role', { ...ask, messages: [{ role: 'system', content: 'x' }] }],
    ['empty content', { ...ask, messages: [{ role: 'user', content: '' }] }],
    [
      'an open object in the schema',
      { ...ask, output_config: { format: { type: 'json_schema', schema: { type: 'object', properties: {} } } } },
    ],
    [
      'a number limit in the schema',
      { ...ask, output_config: { format: { type: 'json_schema', schema: { type: 'number', minimum: 1 } } } },
    ],
    ['an unknown effort', { ...ask, output_config: { effort: 'huge' } }],
    ['another cache', { ...ask, system: [{ type: 'text', text: 'x', cache_control: { type: 'forever' } }] }],
    ['another time to live', { ...ask, system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1d' } }] }],
    ['five marks', { ...ask, system: Array(5).fill({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }) }],
    ['an hour after five minutes', { ...ask, system: hourLast }],
    ['no tokens and a stream', { ...ask, max_tokens: 0, stream: true }],
    ['no tokens and a format', { ...ask, max_tokens: 0, output_config: { format: { type: 'json_schema', schema: { type: 'string' } } } }],
    ['a budget for thinking', { ...ask, thinking: { type: 'enabled', budget_tokens: 1_024 } }],
    ['no thinking and much effort', { ...ask, thinking: { type: 'disabled' }, output_config: { effort: 'max' } }],
    ['another format', { ...ask, output_config: { format: { type: 'grammar' } } }],
  ])('is refused with %s', async (_, body) => {
    expect(await post(body)).toEqual([400, 'invalid_request_error']);
  });
});
