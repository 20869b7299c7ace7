import { describe, expect, test } from 'vitest';
import { databases, newCall, newTenant } from '../../db/test-db.ts';
import { captureSettingsOf, setCaptureSettings } from '../consent/store.ts';
import { saveUtterances } from '../store.ts';
import { coverageCounts, silentCalls } from './store.ts';

const on = (day: number) => new Date(Date.UTC(2026, 10, day));

describe.each(databases)('calls caught ($name)', ({ url }) => {
  test('counts how the calls of a time stand, and lists those without words, newest first', async () => {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const heard = await newCall(tenant, { startedAt: on(2), status: 'understood', consent: 'granted' });
    await saveUtterances(db, tenantId, heard, [
      { seq: 0, role: 'rep', speaker: 'Sam', text: 'Hi', startMs: 0, endMs: 400, confidence: 0.9 },
    ]);
    const never = { status: 'failed', missed: 'never-record', trouble: 'Not recorded.' } as const;
    const first = await newCall(tenant, { startedAt: on(3), ...never });
    const second = await newCall(tenant, { startedAt: on(4), ...never });
    await newCall(tenant, { startedAt: on(9), ...never });
    expect(new Set(await coverageCounts(db, tenantId, on(1), on(5)))).toEqual(
      new Set([
        { status: 'understood', consent: 'granted', missed: null, isErased: false, hasWords: true, count: 1 },
        { status: 'failed', consent: 'unknown', missed: 'never-record', isErased: false, hasWords: false, count: 2 },
      ]),
    );
    expect((await silentCalls(db, tenantId, on(1), on(5), 10)).map(({ id, trouble }) => [id, trouble])).toEqual([
      [second, 'Not recorded.'],
      [first, 'Not recorded.'],
    ]);
  });

  test('keeps what a tenant says of its calls, each half by itself', async () => {
    const { db, tenantId } = await newTenant(url);
    const nothing = {
      neverRecord: { domains: [], numbers: [], words: [], reps: [] },
      consent: { office: null, offices: [], atLeast: null },
      words: { products: [] },
      teamHelp: { isOn: false, teams: [] },
    };
    expect(await captureSettingsOf(db, tenantId)).toEqual(nothing);
    const neverRecord = { ...nothing.neverRecord, domains: ['acme.example'] };
    const consent = { office: 'US-NY', offices: [{ userId: '71', place: 'DE' }], atLeast: 'all-told' } as const;
    await setCaptureSettings(db, tenantId, { neverRecord }, '71');
    await setCaptureSettings(db, tenantId, { consent: { ...consent, offices: [...consent.offices] } }, '71');
    expect(await captureSettingsOf(db, tenantId)).toEqual({ ...nothing, neverRecord, consent });
  });
});
