import type { Context } from 'hono';
import type { Refusal } from '../../shared/contracts/view.ts';
import type { Fault } from '../../shared/kit/result.ts';

const todo: Record<Refusal, string> = {
  'not-connected': 'Ask an admin to connect Relationship OS on its settings page.',
  'no-permission': 'Ask the record’s owner or an admin for access in the CRM.',
  'plan-limit': 'Ask an admin to raise the plan’s call minutes.',
  stale: 'Look again, then decide.',
  trouble: 'Nothing is lost. Try again in a minute.',
  'bad-request': 'Reload the card.',
  'not-found': 'It may have been deleted or merged.',
};

export const yes = <T>(c: Context, value: T): Response => c.json({ ok: true, value });

/** An expected refusal: 200 with `ok: false`, because HubSpot's proxy hides the body of other statuses. */
export const no = (c: Context, code: Refusal, what: string): Response => c.json({ ok: false, code, what, todo: todo[code] });

/** A vendor's or a store's fault, as the card says it. */
export function faultAnswer(c: Context, fault: Fault): Response {
  switch (fault.kind) {
    case 'gone':
      return no(c, 'not-found', fault.said);
    case 'refused':
    case 'changed':
    case 'lacks':
      return no(c, 'stale', fault.said);
    case 'expired':
      return no(c, 'not-connected', 'The connection to your CRM has expired.');
    case 'busy':
    case 'broken':
      return no(c, 'trouble', fault.said);
  }
}
