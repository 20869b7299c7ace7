import * as z from 'zod/mini';
import type { Fault } from '../../../shared/kit/result.ts';

/** REST errors are an array of these; only codes and field names leave this file, because messages echo what was written. */
const errorList = z
  .array(z.object({ errorCode: z.string(), message: z.optional(z.string()), fields: z.optional(z.array(z.string())) }))
  .check(z.minLength(1));
const oauthError = z.object({ error: z.string(), error_description: z.optional(z.string()) });

/** A Fault that still knows Salesforce's own code and the fields it named. */
export interface SalesforceFault extends Fault {
  code?: string;
  fields?: string[];
}

/** What the rest of the house hears of a fault. */
export const plain = ({ kind, said, retryAfterMs, ambiguous, asks }: Fault): Fault => ({
  kind,
  said,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  ...(ambiguous ? { ambiguous } : {}),
  ...(asks ? { asks } : {}),
});

const fault = (kind: Fault['kind'], said: string, retryAfterMs?: number): Fault => ({
  kind,
  said,
  ...(retryAfterMs ? { retryAfterMs } : {}),
});

const crowdWaitMs = 2_000;
/** No Retry-After exists; the daily window rolls, so a quarter of an hour is soon enough. */
export const limitWaitMs = 15 * 60_000;

/** The code of a write whose condition no longer held. */
export const OVERTAKEN = 'PRECONDITION_FAILED';

/** A REST answer outside 2xx in our words. */
export function faultOf(status: number, body: unknown): SalesforceFault {
  const [first] = errorList.safeParse(body).data ?? [];
  const code = status === 412 ? OVERTAKEN : (first?.errorCode ?? '');
  const fields = first?.fields?.filter((name) => /^\w{1,80}$/.test(name)) ?? [];
  // The words may name what a person wrote; nothing of them goes on but which limit they mean.
  const isCrowd = /concurrent/i.test(first?.message ?? '');
  const met = wordsFor(status, code, fields, isCrowd);
  return { ...met, ...(/^[A-Z_]{1,80}$/.test(code) ? { code } : {}), ...(fields.length > 0 ? { fields } : {}) };
}

function wordsFor(status: number, code: string, fields: readonly string[], isCrowd: boolean): Fault {
  const at = fields.length > 0 ? ` (${fields.join(', ')})` : '';
  if (status === 300) return fault('refused', 'Several Salesforce records carry the same key.');
  if (status === 412) return fault('busy', 'Somebody is changing the record in Salesforce right now.', 1_000);
  switch (code) {
    case 'INVALID_SESSION_ID':
      return fault('expired', 'Salesforce ended our session.');
    case 'REQUEST_LIMIT_EXCEEDED':
      // One code for two limits; only the words tell them apart.
      return isCrowd
        ? fault('busy', 'Too many long requests run in this org at the moment.', crowdWaitMs)
        : fault('busy', "The org's daily Salesforce API limit is reached.", limitWaitMs);
    case 'UNABLE_TO_LOCK_ROW':
    case 'DUPLICATE_VALUE':
      return fault('busy', 'Another change to the record is running in Salesforce.');
    case 'QUERY_TIMEOUT':
    case 'SERVER_UNAVAILABLE':
      return fault('busy', 'Salesforce is busy.');
    case 'NOT_FOUND':
    case 'ENTITY_IS_DELETED':
    case 'INVALID_CROSS_REFERENCE_KEY':
    case 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY':
      return fault('gone', `The record is not in Salesforce, or not open to us${at}.`);
    case 'CANNOT_UPDATE_CONVERTED_LEAD':
      return fault('gone', 'The lead has been converted in Salesforce.');
    case 'MALFORMED_ID':
    case 'INVALID_QUERY_FILTER_OPERATOR':
      return fault('gone', `This is not the id of such a Salesforce record${at}.`);
    case 'FIELD_CUSTOM_VALIDATION_EXCEPTION':
    case 'FIELD_FILTER_VALIDATION_EXCEPTION':
      return fault('refused', `A validation rule in Salesforce refused the change${at}.`);
    case 'REQUIRED_FIELD_MISSING':
      return fault('refused', `Salesforce requires more fields${at}.`);
    case 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST':
      return fault('refused', `Salesforce does not offer this value${at}.`);
    case 'STRING_TOO_LONG':
      return fault('refused', `The text is too long for Salesforce${at}.`);
    case 'INVALID_FIELD':
    case 'INVALID_FIELD_FOR_INSERT_UPDATE':
    case 'INSUFFICIENT_ACCESS_OR_READONLY':
    case 'INSUFFICIENT_ACCESS':
    case 'API_DISABLED_FOR_ORG':
      return fault('refused', `The integration user may not do this in Salesforce${at}; check its permission set.`);
    case 'DUPLICATES_DETECTED':
      return fault('refused', 'A duplicate rule in Salesforce refused the change.');
    case 'CANNOT_EXECUTE_FLOW_TRIGGER':
    case 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY':
      return fault('refused', "The org's own automation refused the change.");
    case 'INACTIVE_OWNER_OR_USER':
      return fault('refused', 'The owner is no longer active in Salesforce.');
  }
  if (status === 401) return fault('expired', 'Salesforce does not accept our session.');
  if (status === 404) return fault('gone', 'The record is not in Salesforce.');
  if (status === 429) return fault('busy', 'Salesforce is busy.');
  if (status >= 400 && status < 500) return fault('refused', `Salesforce refused the request${at}.`);
  return fault('broken', 'Salesforce failed to answer.');
}

/** The token endpoint's no. Everything that an admin must mend is `expired`: the connection has to be made again. */
export function oauthFault(status: number, body: unknown): Fault {
  const { error = '', error_description = '' } = oauthError.safeParse(body).data ?? {};
  if (error === 'login_rate_exceeded' || status === 429) return fault('busy', 'Salesforce asks us to sign in less often.', 60_000);
  if (/hasn't approved/.test(error_description))
    return fault('expired', 'The integration user is not approved for Relationship OS in Salesforce.');
  if (/^(?:invalid_grant|invalid_client|invalid_client_id|inactive_user|inactive_org)$|^OAUTH_/i.test(error))
    return fault('expired', 'Salesforce no longer accepts this connection.');
  if (status >= 400 && status < 500) return fault('refused', 'Salesforce refused the sign-in.');
  return fault('broken', 'Salesforce failed to answer the sign-in.');
}
