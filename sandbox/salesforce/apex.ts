import { looksLikeId } from './ids.ts';
import { objectOfId } from './objects.ts';

export interface ApexOptions {
  /** Origin of the Worker, where the named credential points. */
  worker: string;
  org: { orgId: string; installKey(): string | undefined };
  /** UserRecordAccess, as the running user. */
  hasAccess(userId: string, recordId: string): boolean;
}

export interface ApexCall {
  userId: string;
  verb: string;
  path: string;
  body?: string | null | undefined;
}

/** What an LWC gets back: the answer's text, or the message of an AuraHandledException. */
export type ApexAnswer = { ok: true; body: string } | { ok: false; message: string };

const calloutMs = 10_000;
const bodyCharsMax = 100_000;
/** Both patterns, the headers and the sentences are the class's own; `apex.test.ts` compares them with its text. */
export const OURS = '/v1(/[A-Za-z0-9_-]{1,64}){1,6}(\\?since=[0-9]{1,9}(&painted=[A-Za-z0-9._-]{1,80}&paintedAgoMs=[0-9]{1,5})?)?';
export const NAMES_RECORD = '/v1/record/([a-z]+)/([A-Za-z0-9]+)(/.*)?';
export const sentences = {
  verb: 'This card asked for something it may not ask for.',
  long: 'That text is too long to send. Shorten it and try again.',
  unreachable: 'Relationship OS cannot be reached right now. Nothing was lost; try again in a minute.',
  trouble: 'Relationship OS could not answer just now. Nothing was lost; try again in a minute.',
  noPermission: 'You cannot see this record in Salesforce, so its calls stay hidden too.',
  askOwner: 'Ask its owner to share it with you.',
  notConnected: 'Relationship OS does not know this Salesforce org yet.',
  askAdmin: 'Ask your administrator to connect it in Setup.',
} as const;
const objects: Record<string, string> = { deal: 'Opportunity', company: 'Account', contact: 'Contact', lead: 'Lead' };

const verbs = ['GET', 'POST', 'PUT', 'DELETE'] as const;
type Verb = (typeof verbs)[number];
const isVerb = (verb: string): verb is Verb => verbs.some((one) => one === verb);

/** Does what the gateway class `RosEdge.call(verb, path, body)` does, because Apex itself does not run here. */
export function apexGateway(options: ApexOptions): { call(call: ApexCall): Promise<ApexAnswer> } {
  return {
    async call({ userId, verb, path, body }) {
      if (!isVerb(verb) || !new RegExp(`^${OURS}$`).test(path)) return plain(sentences.verb);
      if (body && body.length > bodyCharsMax) return plain(sentences.long);
      if (!maySee(options, userId, path)) return refusal('no-permission', sentences.noPermission, sentences.askOwner);
      try {
        return await send(options, userId, verb, path, body ?? '{}');
      } catch {
        return plain(sentences.unreachable);
      }
    },
  };
}

async function send({ worker, org }: ApexOptions, userId: string, verb: Verb, path: string, body: string): Promise<ApexAnswer> {
  const headers = {
    Accept: 'application/json',
    'X-ROS-Org-Id': org.orgId,
    'X-ROS-User-Id': userId,
    // The external credential's own header: without a populated principal it has no key to put there.
    Authorization: `Bearer ${org.installKey() ?? ''}`.trim(),
  };
  const post = verb === 'POST' || verb === 'PUT' ? { headers: { ...headers, 'Content-Type': 'application/json' }, body } : { headers };
  const response = await fetch(worker + path, { method: verb, ...post, redirect: 'manual', signal: AbortSignal.timeout(calloutMs) });
  const text = await response.text();
  if (response.status === 200) return { ok: true, body: text };
  if (response.status === 401 || response.status === 403) return refusal('not-connected', sentences.notConnected, sentences.askAdmin);
  return plain(sentences.trouble);
}

function maySee({ hasAccess }: ApexOptions, userId: string, path: string): boolean {
  const [, word = '', id = ''] = new RegExp(`^${NAMES_RECORD}$`).exec(path) ?? [];
  if (id === '') return !path.startsWith('/v1/record');
  if (!looksLikeId(id) || objects[word] === undefined || objectOfId(id)?.name !== objects[word]) return false;
  return hasAccess(userId, id);
}

const plain = (message: string): ApexAnswer => ({ ok: false, message });
const refusal = (code: string, what: string, todo: string): ApexAnswer => ({
  ok: true,
  body: JSON.stringify({ ok: false, code, what, todo }),
});
