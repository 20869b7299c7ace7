import { randomUUID } from 'node:crypto';
import { cast } from './cast.ts';
import { hubspotProxy } from './pages/hubspot/proxy.ts';

/** What a card on a record page can do: ask the Worker through its host, as a user of that host. */
export interface Card {
  get(path: string): Promise<unknown>;
  post(path: string, body: Record<string, unknown>): Promise<unknown>;
  put(path: string, body: Record<string, unknown>): Promise<unknown>;
  remove(path: string): Promise<unknown>;
}

type Person = 'rep' | 'colleague';

/** A card inside HubSpot: everything goes through the proxy that signs as HubSpot does. */
export function hubspotCard(
  sandbox: { publicUrl: string; worker: { origin: string } },
  person: Person = 'rep',
  portalId: number = cast.hubspot.portalId,
): Card {
  const { clientSecret, appId } = cast.hubspot;
  const user = { userId: cast.hubspot[person].userId, email: cast[person].email };
  const proxy = hubspotProxy({
    worker: sandbox.worker.origin,
    publicUrl: sandbox.publicUrl,
    clientSecret,
    appId,
    portalId,
    user: () => user,
  });
  const ask = async (method: string, path: string, body?: Record<string, unknown>) => {
    const asked = JSON.stringify({ url: sandbox.publicUrl + path, method, ...(body ? { body } : {}) });
    const answer = await proxy(new Request('http://hubspot.sandbox/', { method: 'POST', body: asked }));
    const { status, body: text } = (await answer.json()) as { status: number; body: string };
    if (status !== 200) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as unknown;
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    remove: (path) => ask('DELETE', path),
  };
}

/** A Lightning component: everything goes through the Apex gateway. */
export function salesforceCard(
  sandbox: {
    apex: {
      call(call: {
        userId: string;
        verb: string;
        path: string;
        body?: string;
      }): Promise<{ ok: true; body: string } | { ok: false; message: string }>;
    };
  },
  userId: string = cast.salesforce.rep.userId,
): Card {
  const ask = async (verb: string, path: string, body?: Record<string, unknown>) => {
    const answer = await sandbox.apex.call({ userId, verb, path, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${verb} ${path}: ${answer.message}`);
    return JSON.parse(answer.body) as unknown;
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    remove: (path) => ask('DELETE', path),
  };
}

/** The value of an `ok` answer, or an error that says what the card would have said. */
export function unwrap<T>(answer: unknown): T {
  const said = answer as { ok: true; value: T } | { ok: false; code: string; what: string };
  if (!said.ok) throw new Error(`${said.code}: ${said.what}`);
  return said.value;
}

export const requestId = (): string => randomUUID();
