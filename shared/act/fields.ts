import type { ChangeBody, FieldMode } from '../contracts/change.ts';
import type { Host } from '../contracts/tenant.ts';

/** The fields of a deal that a call may speak to, as each host calls them. */
export interface DealFields {
  stage: string;
  nextStep: string;
  amount: string;
  closeDate: string;
}

export const dealFields: Record<Host, DealFields> = {
  hubspot: { stage: 'dealstage', nextStep: 'hs_next_step', amount: 'amount', closeDate: 'closedate' },
  salesforce: { stage: 'StageName', nextStep: 'NextStep', amount: 'Amount', closeDate: 'CloseDate' },
};

/** Salesforce ends a next step here; a cut promise would be another one, so a longer one is not written. */
export const nextStepMax = 255;

/** How `body` goes into a field that is handled by `mode`; null when the field holds something that this mode leaves alone. */
export function inMode(body: SetField, mode: FieldMode): SetField | null {
  if ((body.from ?? '').trim() === '') return { ...body, mode: 'fill-blank' };
  return mode === 'fill-blank' ? null : { ...body, mode };
}

type SetField = Extract<ChangeBody, { kind: 'set-field' }>;
