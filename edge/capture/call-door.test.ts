import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { RosApp } from '../http/app.ts';
import { Problem, problemResponse } from '../http/problem.ts';
import { verifyStandardWebhook } from '../http/standard-webhook.ts';
import { type CallDoorDeps, callDoor, type FinishedCall, type Letter, takeLetter } from './call-door.ts';

const secret = `whsec_${Buffer.from('a key of thirty-two bytes, or so').toString('base64')}`;
const now = 1_763_650_000_000;
const source = 'source-0001';
const call: FinishedCall = {
  id: 'c-1',
  startedAt: '2026-11-20T15:00:00Z',
  durationMs: 60_000,
  direction: 'outbound',
  consent: 'granted',
  rep: { userId: '71', email: 'sam@brightloop.example', name: 'Sam' },
  customer: { name: 'Maya', phone: '+14155550142' },
  transcript: [{ who: 'customer', text: 'Send it over.', startMs: 10, endMs: 5 }],
};

function door(over: Partial<CallDoorDeps> = {}) {
  const log: string[] = [];
  const deps: CallDoorDeps = {
    now: () => now,
    senderOf: async (name) => (name === source ? { tenantId: 't', connectionId: 'c', secret } : null),
    isSigned: (key, letter, nowMs) => verifyStandardWebhook({ ...letter, secret: key, rawBody: letter.body, now: nowMs }),
    take: async (sender, taken, words) => {
      log.push(
        `took ${taken.id} for ${sender.tenantId}: ${words.map(({ seq, role, speaker, text, startMs, endMs }) => [seq, role, speaker, text, startMs, endMs].join('|')).join(' ')}`,
      );
      return 'our-id';
    },
    spool: async (letter) => {
      log.push(`kept ${letter.id}`);
      return true;
    },
    ...over,
  };
  const app: RosApp = new Hono();
  app.onError((error) =>
    error instanceof Problem ? problemResponse(error.status, error.message, error.field) : problemResponse(500, 'broke'),
  );
  callDoor(deps)(app);
  app.post('/api/calls/webhook', (c) => c.text('the telephone'));
  const send = async (body: string, headers: Record<string, string> = signed(body), from = source) => {
    const answer = await app.request(`/api/calls/webhook?source=${from}`, { method: 'POST', body, headers });
    return { status: answer.status, body: await answer.text() };
  };
  return { deps, log, send };
}

function signed(body: string, atMs = now): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1_000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`m-1.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': 'm-1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

test('takes a call with its words, and answers our id', async () => {
  const { log, send } = door();
  expect(await send(JSON.stringify(call))).toEqual({ status: 200, body: '{"ok":true,"value":{"callId":"our-id"}}' });
  expect(log).toEqual(['took c-1 for t: 0|customer|Maya|Send it over.|10|10']);
});

test('without everybody’s consent the call is taken and its words are not', async () => {
  for (const consent of ['refused', 'unknown'] as const) {
    const { log, send } = door();
    await send(JSON.stringify({ ...call, consent }));
    expect(log).toEqual(['took c-1 for t: ']);
  }
});

test('refuses what is not signed with the source’s key, altered, too old, or from nobody we know', async () => {
  const { log, send } = door();
  const body = JSON.stringify(call);
  const statuses = [
    await send(`${body} `, signed(body)),
    await send(body, signed(body, now - 301_000)),
    await send(body, signed(body), 'source-0002'),
    await send(body, signed(body), 'x'),
  ].map(({ status }) => status);
  expect({ statuses, log }).toEqual({ statuses: [401, 401, 401, 401], log: [] });
});

test('what is malformed is refused with the field’s name and none of its words', async () => {
  const { send } = door();
  const bodies = [
    '{',
    JSON.stringify({ ...call, transcript: [{ who: 'CANARY', text: 'CANARY' }] }),
    JSON.stringify({ ...call, startedAt: 'CANARY' }),
  ];
  const answers = await Promise.all(bodies.map((body) => send(body)));
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(JSON.stringify(answers)).not.toContain('CANARY');
  expect(answers[2]?.body).toContain('startedAt');
});

test('while the database is away it is kept, and 202 says so; without room the sender keeps it', async () => {
  const away = { take: () => Promise.reject(new Error('database away')) };
  const { log, send } = door(away);
  expect(await send(JSON.stringify(call))).toEqual({ status: 202, body: '{"ok":true,"value":{"kept":true}}' });
  expect(log).toEqual(['kept m-1']);
  expect((await door({ ...away, spool: async () => false }).send(JSON.stringify(call))).status).toBe(503);
});

test('what was kept is as old as it was when it came', async () => {
  const { deps } = door();
  const body = JSON.stringify(call);
  const headers = signed(body);
  const letter: Letter = {
    source,
    id: 'm-1',
    timestamp: headers['webhook-timestamp'] ?? '',
    signature: headers['webhook-signature'] ?? '',
    body,
  };
  expect(await takeLetter(deps, letter, now)).toEqual({ is: 'taken', callId: 'our-id' });
  expect(await takeLetter(deps, letter, now + 301_000)).toEqual({ is: 'forged' });
});

test('what is signed otherwise is the telephone’s', async () => {
  expect(await door().send('CallSid=CA1', {})).toEqual({ status: 200, body: 'the telephone' });
});
