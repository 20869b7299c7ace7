import { expect, test } from 'vitest';
import { faultOf } from './fault.ts';
import { activityOf, nameOf, stagesOf, toHtml } from './map.ts';
import { hasNumber, withoutCountry } from './phone.ts';

test('a call becomes a call with its own times, numbers and escaped body', () => {
  expect(
    activityOf({
      kind: 'log-call',
      title: 'Call with Maya',
      body: 'Wants <b>120</b> seats.\nNext: "plan".',
      direction: 'inbound',
      startedAt: '2026-11-20T10:00:00-05:00',
      durationMs: 83_000.4,
      fromNumber: '+14155550142',
      ownerId: '501',
    }),
  ).toEqual({
    ok: true,
    value: {
      type: 'calls',
      properties: {
        hs_timestamp: '2026-11-20T15:00:00.000Z',
        hs_call_title: 'Call with Maya',
        hs_call_body: 'Wants &lt;b&gt;120&lt;/b&gt; seats.<br>Next: &quot;plan&quot;.',
        hs_call_direction: 'INBOUND',
        hs_call_status: 'COMPLETED',
        hs_call_duration: '83000',
        hs_call_from_number: '+14155550142',
        hubspot_owner_id: '501',
      },
    },
  });
});

test('a task is due when it was promised', () => {
  expect(activityOf({ kind: 'add-task', subject: 'Send the plan', body: '', dueAt: '2026-11-26T17:00:00-05:00' })).toEqual({
    ok: true,
    value: {
      type: 'tasks',
      properties: {
        hs_timestamp: '2026-11-26T22:00:00.000Z',
        hs_task_subject: 'Send the plan',
        hs_task_body: '',
        hs_task_status: 'NOT_STARTED',
        hs_task_type: 'TODO',
      },
    },
  });
});

test('refuses a time that is none', () => {
  expect(activityOf({ kind: 'add-note', body: 'x', at: 'Thursday' })).toEqual({
    ok: false,
    fault: { kind: 'refused', said: 'The time of the note is not a time.' },
  });
});

test('cuts a body at 65,536 characters, never inside an escape', () => {
  const html = toHtml(`a${'&'.repeat(20_000)}`);
  expect({ length: html.length, end: html.slice(-5) }).toEqual({ length: 65_536, end: '&amp;' });
  expect(toHtml('&'.repeat(20_000)).length).toBe(65_535);
});

test('stages come in their order, with their chance, and without the archived', () => {
  const stage = (id: string, displayOrder: number, probability: string, isClosed = 'false', archived = false) => ({
    id,
    label: id.toUpperCase(),
    displayOrder,
    metadata: { probability, isClosed },
    archived,
  });
  expect(
    stagesOf({ id: 'default', stages: [stage('won', 2, '1.0', 'true'), stage('old', 1, '0.5', 'false', true), stage('new', 0, '0.2')] }),
  ).toEqual([
    { id: 'new', label: 'NEW', probability: 0.2, closed: false },
    { id: 'won', label: 'WON', probability: 1, closed: true },
  ]);
});

test('a person without a name is known by address, and by id at last', () => {
  const named = (properties: Record<string, string | null>) => nameOf({ id: '9', properties });
  expect([named({ firstname: 'Maya', lastname: null }), named({ email: 'a@b.example' }), named({})]).toEqual(['Maya', 'a@b.example', '9']);
});

test('the country is taken off a number', () => {
  expect(['+14155550142', '+34910550172', '+353871234567', '+74951234567'].map(withoutCountry)).toEqual([
    '4155550142',
    '910550172',
    '871234567',
    '4951234567',
  ]);
});

test('a number is the same number however it was typed', () => {
  const typed = (phone: string) => hasNumber({ id: '1', properties: { phone } }, '+493055501830');
  expect(['+49 30 5550 1830', '030 / 55501830', '0049 30 55501830', '30 55501830', '+1 305 550 1830', ''].map(typed)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test("a fault carries property names and codes, never the vendor's own message", () => {
  const body = {
    status: 'error',
    message: 'Property values were not valid: she said it is twice the price',
    category: 'VALIDATION_ERROR',
    errors: [{ message: 'twice the price', code: 'INVALID_OPTION', context: { propertyName: ['dealstage', 'Twice the price'] } }],
  };
  expect(faultOf(400, new Headers(), body)).toEqual({
    kind: 'refused',
    status: 400,
    said: 'HubSpot refused (400): dealstage (INVALID_OPTION).',
  });
});

test('every status is one of our kinds, with how long to wait', () => {
  const kinds = ([401, 403, 404, 409, 423, 429, 477, 500, 502, 503] as const).map((status) => {
    const { kind, retryAfterMs } = faultOf(status, new Headers(status === 477 ? { 'retry-after': '86400' } : {}), null);
    return [status, kind, retryAfterMs];
  });
  expect(kinds).toEqual([
    [401, 'expired', undefined],
    [403, 'refused', undefined],
    [404, 'gone', undefined],
    [409, 'busy', 1_000],
    [423, 'busy', 2_000],
    [429, 'busy', 5_000],
    [477, 'busy', 86_400_000],
    [500, 'broken', undefined],
    [502, 'broken', undefined],
    [503, 'busy', 3_000],
  ]);
});
