import * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';

const TIMEOUT_MS = 8_000;
const account = z.object({ sid: z.string(), status: z.string() });

/**
 * Asks Twilio whether this token opens this account (`FetchAccount`). False when it does not, or when the account is closed;
 * a fault when Twilio could not be asked.
 */
export async function ownsAccount(api: string, accountSid: string, authToken: string): Promise<Result<boolean>> {
  try {
    const answer = await fetch(`${api}/2010-04-01/Accounts/${accountSid}.json`, {
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status === 401 || answer.status === 404) return ok(false);
    if (answer.status !== 200)
      return failed({ kind: 'busy', said: 'Twilio cannot say just now whether this account is yours. Try again in a minute.' });
    const read = account.safeParse(await answer.json());
    return ok(read.success && read.data.sid === accountSid && read.data.status === 'active');
  } catch {
    return failed({ kind: 'busy', said: 'Twilio could not be reached. Try again in a minute.' });
  }
}
