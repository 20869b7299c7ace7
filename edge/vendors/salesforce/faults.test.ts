import { expect, test } from 'vitest';
import { faultOf } from './faults.ts';

const body = (errorCode: string, fields: string[] = []) => [{ message: 'Amount was "secret words"', errorCode, fields }];

test.each([
  [400, 'UNABLE_TO_LOCK_ROW', 'busy'],
  [400, 'DUPLICATE_VALUE', 'busy'],
  [403, 'REQUEST_LIMIT_EXCEEDED', 'busy'],
  [503, 'SERVER_UNAVAILABLE', 'busy'],
  [500, 'UNKNOWN_EXCEPTION', 'broken'],
  [401, 'INVALID_SESSION_ID', 'expired'],
  [404, 'NOT_FOUND', 'gone'],
  [404, 'ENTITY_IS_DELETED', 'gone'],
  [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'refused'],
  [400, 'CANNOT_EXECUTE_FLOW_TRIGGER', 'refused'],
  [400, 'SOMETHING_NEW', 'refused'],
])('%s %s is %s', (status, code, kind) => {
  expect(faultOf(status, body(code)).kind).toBe(kind);
});

test('names the fields and never repeats what Salesforce echoed', () => {
  expect(faultOf(400, body('REQUIRED_FIELD_MISSING', ['CloseDate', 'not a field']))).toEqual({
    kind: 'refused',
    said: 'Salesforce requires more fields (CloseDate).',
    code: 'REQUIRED_FIELD_MISSING',
    fields: ['CloseDate'],
  });
});

test('several records under one key are refused, a page without meaning is broken', () => {
  expect(faultOf(300, ['/a', '/b']).kind).toBe('refused');
  expect(faultOf(502, undefined).kind).toBe('broken');
});
