import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type JobDeps, takeBatch } from './jobs.ts';

const ids = { tenantId: '0b7c2f6e-1111-4111-8111-111111111111', callId: '0b7c2f6e-2222-4222-8222-222222222222' };
const ended = { kind: 'call-ended', ...ids };

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

function desk(outcome: 'done' | 'again' | Error = 'done') {
  const log: string[] = [];
  const take = (name: string) => async () => {
    log.push(name);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const deps: JobDeps = {
    transcribe: take('transcribe'),
    extract: take('extract'),
    follow: take('follow'),
    postpone: async ({ callId }) => void log.push(`postpone ${callId}`),
  };
  const batch = (queue: string, ...messages: { body: unknown; attempts?: number }[]) =>
    ({
      queue,
      messages: messages.map(({ body, attempts = 1 }) => ({
        body,
        attempts,
        ack: () => void log.push('ack'),
        retry: ({ delaySeconds }: { delaySeconds: number }) => void log.push(`retry in ${delaySeconds}`),
      })),
    }) as unknown as MessageBatch;
  return { deps, log, batch };
}

test('each kind of message goes to the one who takes it', async () => {
  const { deps, log, batch } = desk();
  await takeBatch(
    deps,
    batch(
      'ros-extraction',
      { body: ended },
      { body: { ...ended, kind: 'call-transcribed' } },
      { body: { ...ended, kind: 'call-understood' } },
    ),
  );
  expect(log).toEqual(['transcribe', 'extract', 'follow', 'ack', 'ack', 'ack']);
});

test('what may pass is tried again, later each time', async () => {
  const { deps, log, batch } = desk('again');
  await takeBatch(deps, batch('ros-transcription', { body: ended, attempts: 1 }, { body: ended, attempts: 3 }));
  expect(log).toEqual(['transcribe', 'transcribe', 'retry in 2', 'retry in 8']);
});

test('an outage that lasts is left to the sweep, not to the dead letters', async () => {
  const { deps, log, batch } = desk('again');
  await takeBatch(deps, batch('ros-transcription', { body: ended, attempts: 4 }));
  expect(log).toEqual(['transcribe', `postpone ${ids.callId}`, 'ack']);
});

test('what throws is tried again with a bounded wait, and its message is logged without its words', async () => {
  const { deps, log, batch } = desk(new Error('CANARY words somebody said'));
  await takeBatch(deps, batch('ros-transcription', { body: ended, attempts: 2 }, { body: ended, attempts: 30 }));
  expect(log).toEqual(['transcribe', 'transcribe', 'retry in 4', 'retry in 600']);
  expect(lines.join('')).not.toContain('CANARY');
});

test('a postponing that fails is tried again', async () => {
  const { deps, log, batch } = desk('again');
  const away = { ...deps, postpone: () => Promise.reject(new Error('database away')) };
  await takeBatch(away, batch('ros-transcription', { body: ended, attempts: 4 }));
  expect(log).toEqual(['transcribe', 'retry in 16']);
});

test('a dead letter is left to the sweep: what is lost is a message, not a call', async () => {
  const { deps, log, batch } = desk();
  await takeBatch(deps, batch('ros-extraction-dead', { body: ended }));
  expect(log).toEqual([`postpone ${ids.callId}`, 'ack']);
});

test('what is no job is dropped and counted, and the next one is taken', async () => {
  const { deps, log, batch } = desk();
  const nonsense = [null, 'CANARY', { kind: 'call-ended' }, { ...ended, kind: 'CANARY' }, { ...ended, callId: 'CANARY' }];
  await takeBatch(deps, batch('ros-transcription', ...nonsense.map((body) => ({ body })), { body: ended }));
  expect(log).toEqual(['ack', 'ack', 'ack', 'ack', 'ack', 'transcribe', 'ack']);
  expect(lines.join('')).not.toContain('CANARY');
});
