import { expect, test } from 'vitest';
import { type HeldCall, observe, type Touch } from './observe.ts';

const ids = { tenantId: 'tenant-1', callId: 'call-1' };
const call = {
  repId: '71',
  contact: { object: 'contact', id: '9001' },
  customerName: 'Maya Lindqvist',
  startedAt: '2026-11-20T15:00:00.000Z',
  durationMs: 90_000,
  heard: true,
} as const;

async function touchesOf(it: HeldCall | null): Promise<Touch[]> {
  const saved: Touch[] = [];
  await observe({ save: async (_tenantId, touch) => void saved.push(touch) }, ids, it);
  return saved;
}

test('a call that was held is a touch between its rep and the contact', async () => {
  expect(await touchesOf(call)).toEqual([
    {
      repId: '71',
      person: { object: 'contact', id: '9001' },
      personName: 'Maya Lindqvist',
      callId: 'call-1',
      at: '2026-11-20T15:00:00.000Z',
      minutes: 1.5,
      channel: 'call',
    },
  ]);
});

test('a missed call, one with nobody we know, one without a rep, or one that is gone is none', async () => {
  for (const it of [{ ...call, heard: false }, { ...call, contact: null }, { ...call, repId: null }, { ...call, repId: '' }, null])
    expect(await touchesOf(it)).toEqual([]);
});
