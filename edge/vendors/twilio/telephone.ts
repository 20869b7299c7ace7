import * as z from 'zod/mini';
import type { PhoneWhy } from '../../../shared/capture/phone-call.ts';
import { failed, ok } from '../../../shared/kit/result.ts';
import type { Telephone, TelephoneAccount } from '../../ports/telephone.ts';
import { acceptWith, bridgeWith, goodbye, ringNextWith, sayWith } from './bridge-twiml.ts';

const TIMEOUT_MS = 6_000;
/** Twilio says when a call was made in whole seconds, by a clock of its own. */
const CLOCK_OFF_MS = 5_000;

const sid = z.string().check(z.regex(/^CA[0-9a-f]{32}$/));
const callShape = z.object({ sid });
const refusalShape = z.object({ code: z.number() });
const listShape = z.object({
  calls: z.array(z.object({ sid, direction: z.string(), to: z.string(), from: z.string(), date_created: z.nullable(z.string()) })),
});

/** Twilio's code for why it does not ring, in our words. twilio.com/docs/api/errors */
const whyOf: Record<number, PhoneWhy> = {
  20003: 'account-shut',
  20005: 'no-funds',
  20008: 'no-funds',
  10001: 'no-funds',
  21201: 'invalid-number',
  21211: 'invalid-number',
  21217: 'invalid-number',
  21219: 'not-allowed-there',
  21214: 'rep-unreachable',
  21215: 'not-allowed-there',
  21216: 'not-allowed-there',
  13227: 'not-allowed-there',
  21210: 'no-caller-id',
  21212: 'no-caller-id',
  21213: 'no-caller-id',
};

/** Twilio's REST API for calls that we begin. specs: CreateCall, ListCall, UpdateCall of api_v2010. */
export function twilioTelephone({ api }: { api: string }): Telephone {
  /** Undefined when Twilio could not be reached, or said nothing in time. */
  async function ask(on: TelephoneAccount, method: string, path: string, form?: URLSearchParams): Promise<Response | undefined> {
    if (!/^AC[0-9a-f]{32}$/.test(on.account)) return undefined;
    try {
      return await fetch(`${api}/2010-04-01/Accounts/${on.account}${path}`, {
        method,
        headers: { authorization: `Basic ${btoa(`${on.account}:${on.secret}`)}` },
        ...(form ? { body: form } : {}),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      return undefined;
    }
  }
  const read = async <T>(answer: Response, shape: z.ZodMiniType<T>): Promise<T | undefined> =>
    shape.safeParse(await answer.json().catch(() => undefined)).data;

  return {
    async ring(account, { to, from, answerUrl, toldUrl, ringS }) {
      const form = new URLSearchParams({ To: to, From: from, Url: answerUrl, Method: 'POST', Timeout: String(ringS) });
      form.set('StatusCallback', toldUrl);
      for (const event of ['initiated', 'ringing', 'answered', 'completed']) form.append('StatusCallbackEvent', event);
      const answer = await ask(account, 'POST', '/Calls.json', form);
      if (!answer) return { ok: false, why: 'network', isUnsure: true };
      if (answer.ok) {
        const made = await read(answer, callShape);
        return made ? { ok: true, externalId: made.sid } : { ok: false, why: 'network', isUnsure: true };
      }
      const code = (await read(answer, refusalShape))?.code ?? 0;
      return { ok: false, why: whyOf[code] ?? (answer.status === 401 ? 'account-shut' : 'network'), isUnsure: answer.status >= 500 };
    },

    async findRung(account, { to, from, sinceMs }) {
      const asked = new URLSearchParams({ To: to, From: from, PageSize: '20' });
      const answer = await ask(account, 'GET', `/Calls.json?${asked}`);
      const list = answer?.ok ? await read(answer, listShape) : undefined;
      if (!list) return failed({ kind: 'busy', said: 'Twilio could not say which calls it has.' });
      const ours = list.calls.find(
        (call) =>
          call.direction === 'outbound-api' &&
          call.to === to &&
          call.from === from &&
          // One that is still queued has no date yet.
          (call.date_created === null || Date.parse(call.date_created) >= sinceMs - CLOCK_OFF_MS),
      );
      return ok(ours?.sid ?? null);
    },

    async hangUp(call) {
      if (!sid.safeParse(call.externalId).success) return failed({ kind: 'refused', said: 'This is no call of a Twilio account.' });
      const answer = await ask(call, 'POST', `/Calls/${call.externalId}.json`, new URLSearchParams({ Status: 'completed' }));
      await answer?.body?.cancel();
      // 21220: it is over already.
      if (answer && (answer.ok || answer.status === 404 || answer.status === 400)) return ok(true);
      return failed({ kind: 'busy', said: 'Twilio could not be reached to hang up. Hang up on your phone.' });
    },

    bridge: bridgeWith,
    accept: acceptWith,
    ringNext: ringNextWith,
    say: sayWith,
    goodbye,
  };
}
