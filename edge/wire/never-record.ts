import { ruleForCall } from '../../shared/capture/consent/places.ts';
import { type ComingCall, waitsForCrm, whyNotRecorded } from '../../shared/capture/never-record.ts';
import type { ConsentRule } from '../../shared/contracts/capture.ts';
import { captureSettingsOf } from '../capture/consent/store.ts';
import type { Parts } from '../parts.ts';

/** Every source asks this before a call begins: why it may not be heard, in a sentence for its card, or null. Read anew each time. */
export async function neverRecord({ db }: Parts, tenantId: string, call: ComingCall): Promise<string | null> {
  return whyNotRecorded((await captureSettingsOf(db, tenantId)).neverRecord, call);
}

/** Where the CRM cannot be asked: whether this call waits until it can, because it might be one that nobody may hear. */
export async function mustAskFirst({ db }: Parts, tenantId: string, lacks: readonly ('domains' | 'words')[]): Promise<boolean> {
  return waitsForCrm((await captureSettingsOf(db, tenantId)).neverRecord, lacks);
}

export const NOT_YET =
  'Your admin wants some calls not heard, and your CRM cannot be asked now whether this is one of them. Try again in a minute.';

/** What has to happen before this call is heard. `numbers` are the others'; one that is unknown is null. */
export async function consentRuleOf(
  { db }: Parts,
  tenantId: string,
  call: { userId: string; numbers: readonly (string | null)[] },
): Promise<ConsentRule> {
  const { office, offices, atLeast } = (await captureSettingsOf(db, tenantId)).consent;
  const repPlace = offices.find(({ userId }) => userId === call.userId)?.place ?? office;
  return ruleForCall({ repPlace, numbers: call.numbers, atLeast });
}
