import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AnthropicTwin, startAnthropic } from '../anthropic/protocol.ts';
import type { AskedCall } from './calls.ts';
import { predictWithModel } from './model.ts';
import { predict } from './predict.ts';

const folder = mkdtempSync(join(tmpdir(), 'eval-model-'));
let twin: AnthropicTwin;
const answers: unknown[] = [];
beforeAll(async () => {
  twin = await startAnthropic({ port: 0, apiKey: 'right', reply: () => answers.shift() });
});
afterAll(async () => {
  await twin.close();
  rmSync(folder, { recursive: true });
});

const bakery: AskedCall = {
  call_id: 'bakery',
  started_at: '2026-11-18T15:00:00Z',
  tz: 'America/New_York',
  turns: [
    { turn: 1, role: 'rep', speaker: 'Ida', text: 'How do you plan the ovens for the week today?' },
    {
      turn: 2,
      role: 'prospect',
      speaker: 'Bo',
      text: 'My wife keeps that in a notebook, and the flour bill scares me more than anything.',
    },
    { turn: 3, role: 'rep', speaker: 'Ida', text: 'I will send you the bakery plan by Thursday.' },
  ],
};
const ferry: AskedCall = {
  call_id: 'ferry',
  turns: [
    { turn: 1, role: 'rep', speaker: 'Ole', text: 'Which boats would you start with?' },
    { turn: 2, role: 'prospect', speaker: 'Rut', text: 'The two old ones. Honestly, this is too expensive for us.' },
  ],
};
const door = () => ({ api: twin.origin, apiKey: 'right' });
const claim = { type: 'price', quote: 'the flour bill scares me more than anything', turn: 1 };

test('what the model proved stands over what the rules saw, in the turn it was said in', async () => {
  answers.push({ intent: 'demo', objections: [claim], nextSteps: [] });
  const prediction = await predictWithModel(bakery, [], door());
  expect([prediction.intent, prediction.limits]).toEqual(['demo', expect.any(Array)]);
  expect(prediction.turns[1]?.objections).toEqual([
    { type: 'price', mention: 'the flour bill scares me more than anything.', confidence: expect.any(Number) },
  ]);
  expect(prediction.turns[2]?.next_steps).toEqual(predict(bakery, []).turns[2]?.next_steps);
  expect(prediction.turns[2]?.next_steps[0]?.due).toBe('2026-11-19T17:00:00-05:00');
});

test('what it made up is asked about once more, and then left out and said', async () => {
  const forged = { type: 'trust', quote: 'we would never believe a word of that', turn: 1 };
  answers.push({ objections: [claim, forged] }, { objections: [forged] });
  const prediction = await predictWithModel(bakery, [], door());
  expect(prediction.turns.flatMap((one) => one.objections.map(({ type }) => type))).toEqual(['price']);
  expect(prediction.limits).toContain('One claim of the language model had no proof in the transcript and was left out.');
});

test.each([
  ['overloaded', 2, 'The language model was busy, so the call was read without one.'],
  ['rate-limit', 2, 'The language model was busy, so the call was read without one.'],
  ['refusal', 1, 'The language model did not take this call, so it was read without one.'],
  ['malformed', 1, 'The language model gave no usable answer in time, so the call was read without one.'],
  ['cut', 1, 'The language model gave no usable answer in time, so the call was read without one.'],
  ['broken', 2, 'The language model gave no usable answer in time, so the call was read without one.'],
] as const)('%s: the embedded analyzer answers alone and the limit is said', async (fault, times, said) => {
  twin.faults.next(fault, times);
  const prediction = await predictWithModel(ferry, [], door());
  answers.length = 0;
  const embedded = predict(ferry, []);
  expect(prediction).toEqual({ ...embedded, limits: [...(embedded.limits ?? []), said] });
});

test('a key that is not accepted is said', async () => {
  const { limits } = await predictWithModel(ferry, [], { ...door(), apiKey: 'wrong' });
  expect(limits).toContain('The language model does not accept our key, so the call was read without one.');
});

test('the command writes a line a call, falls back where it has to, and ends with one line of JSON', async () => {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  writeFileSync(input, [bakery, ferry].map((one) => `${JSON.stringify(one)}\n`).join(''));
  answers.push(
    { intent: 'renewal', objections: [claim] },
    { intent: 'renewal', pricing: [{ quote: 'this is too expensive for us', turn: 1 }] },
  );
  const { stdout } = await run([input, output, '--model', 'claude'], { ANTHROPIC_API_KEY: 'right', ANTHROPIC_API: twin.origin });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ ok: true, model: 'claude', calls: 2, turns: 5, alone: 0 });
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line)).map(({ call_id, intent }) => [call_id, intent])).toEqual([
    ['bakery', 'renewal'],
    ['ferry', 'renewal'],
  ]);
});

test('without a key the command says what to set, and nothing is written', async () => {
  const failed = await run([join(folder, 'in.jsonl'), join(folder, 'none.jsonl'), '--model', 'claude'], {}).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    code: 2,
    stdout: '',
    stderr: '--model claude asks Anthropic: set ANTHROPIC_API_KEY in the environment (--model embedded needs none).\n',
  });
});

vi.setConfig({ testTimeout: 30_000 });
const run = (args: string[], env: Record<string, string>) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, '../eval-analyze.ts'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    timeout: 25_000,
  });
