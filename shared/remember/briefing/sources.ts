import type { BriefSource } from '../../contracts/brief.ts';
import type { Evidence } from '../../contracts/transcript.ts';
import type { Known, KnownCall, KnownDeal } from './known.ts';

export const fromCall = ({ id, at }: Pick<KnownCall, 'id' | 'at'>, evidence?: Evidence): BriefSource => ({
  from: 'call',
  callId: id,
  at,
  ...(evidence ? { evidence } : {}),
});

export const fromCrm = ({ at }: KnownDeal, field: string): BriefSource => ({ from: 'crm', field, at });
export const fromDates = ({ nowMs }: Known): BriefSource => ({ from: 'dates', at: new Date(nowMs).toISOString() });
