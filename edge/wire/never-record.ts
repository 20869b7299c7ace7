import { ruleForCall } from '../../shared/capture/consent/places.ts';
import { type ComingCall, whyNotRecorded } from '../../shared/capture/never-record.ts';
import type { ConsentRule } from '../../shared/contracts/capture.ts';
import { captureSettingsOf } from '../capture/consent/store.ts';
import type { Parts } from '../parts.ts';

/** Every source asks this before a call begins: why it may not be heard, in a sentence for its card, or null. Read anew each time. */
export async function neverRecord({ db }: Parts, tenantId: string, call: ComingCall): Promise<string | null> {
  return whyNotRecorded((await captureSettingsOf(db, tenantId)).neverRecord, call);
}

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
