import { pricesFrom } from '../../shared/capture/spend/prices.ts';
import { capsOf, type Spend, shareOf, speechSeconds, usdOf } from '../../shared/capture/spend/spend.ts';
import type { SpeechLedger } from '../guide/speech-spend.ts';
import { log } from '../http/log.ts';
import type { Parts } from '../parts.ts';
import * as spend from '../tenants/spend/store.ts';
import { monthOf } from './month.ts';

const nothing: Spend = {
  liveSeconds: 0,
  batchSeconds: 0,
  whisperSeconds: 0,
  tokensIn: 0,
  tokensOut: 0,
  tokensCached: 0,
  tokensWritten: 0,
};

/** A tenant that is gone may cost nothing. */
export async function limitsOf(parts: Parts, tenantId: string) {
  const [tenant, budget] = await Promise.all([parts.lately.tenantOf(tenantId), spend.budgetOf(parts.db, tenantId)]);
  return { ...capsOf(tenant?.minutesPerMonth ?? 0, budget), prices: pricesFrom(parts.settings.PRICES, budget.prices) };
}

/** A call counts towards the month it began in. */
export function speechLedger(parts: Parts): SpeechLedger {
  const { db } = parts;
  const prices = pricesFrom(parts.settings.PRICES);
  return {
    take: async ({ tenantId, callId, startedAtMs }, heardS, askedS) => {
      const { speechSeconds: capS } = await limitsOf(parts, tenantId);
      const month = monthOf(startedAtMs);
      const { isTaken, monthS } = await spend.takeSpeech(db, tenantId, { callId, month, heardS, askedS, capS });
      await tell(parts, tenantId, month, 'speech', isTaken ? monthS : Math.max(monthS, capS), capS);
      return isTaken ? 'taken' : 'over';
    },
    settle: async ({ tenantId, callId, startedAtMs }, heardS) => {
      await spend.settleSpeech(db, tenantId, { callId, month: monthOf(startedAtMs), heardS });
    },
    usdOf: (liveSeconds) => usdOf({ ...nothing, liveSeconds }, prices).speech,
  };
}

/** May this tenant have calls guided live? */
export async function isSpeechOver(parts: Parts, tenantId: string): Promise<boolean> {
  const [used, { speechSeconds: capS }] = await Promise.all([
    spend.spendOf(parts.db, tenantId, monthOf(parts.now())),
    limitsOf(parts, tenantId),
  ]);
  return shareOf(speechSeconds(used), capS).state === 'over';
}

/** The model's month, in tokens at the price of one put in. */
export async function modelTokensMax(parts: Parts, tenantId: string): Promise<number> {
  const { modelUsd, prices } = await limitsOf(parts, tenantId);
  return prices.tokensIn > 0 ? Math.floor((modelUsd / prices.tokensIn) * 1_000_000) : Number.MAX_SAFE_INTEGER;
}

type Piece = { tenantId: string; callId: string; part: string };

/** What hearing or reading a call afterwards has cost. That the month is nearly or wholly used up is told once. */
export async function noteSpend(parts: Parts, { tenantId, callId, part }: Piece, used: Partial<Omit<Spend, 'liveSeconds'>>): Promise<void> {
  const { db, now } = parts;
  const month = monthOf(now());
  await spend.setSpend(db, tenantId, { callId, part, month }, used);
  const [all, { speechSeconds: capS, modelUsd, prices }] = await Promise.all([
    spend.spendOf(db, tenantId, month),
    limitsOf(parts, tenantId),
  ]);
  await tell(parts, tenantId, month, 'speech', speechSeconds(all), capS);
  await tell(parts, tenantId, month, 'model', usdOf(all, prices).model, modelUsd);
}

async function tell({ db }: Parts, tenantId: string, month: string, of: 'speech' | 'model', used: number, cap: number): Promise<void> {
  const { share, state } = shareOf(used, cap);
  if (state === 'open' || !(await spend.tellOnce(db, tenantId, month, { of, state }))) return;
  log({ at: 'call', what: `budget-${state}`, level: 'warn', kind: of, tenant: tenantId, count: Math.round(share * 100) });
}
