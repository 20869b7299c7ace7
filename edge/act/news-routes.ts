import type { RosApp, RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';
import type { Told } from '../ports/crm-news.ts';

export interface NewsDeps {
  isFromHubspot(request: Request, raw: string): Promise<boolean>;
  /** The org that proved itself with its install key, or null. */
  orgOf(request: Request, raw: string): Promise<string | null>;
  read: { hubspot(body: unknown): Told[] | null; salesforce(body: unknown): Told[] | null };
  /** Keeps what concerns a tenant, for good; throws when it cannot be kept. Answers whose it was. */
  keep(provider: 'hubspot' | 'salesforce', told: readonly Told[]): Promise<string[]>;
  /** Deals with what was kept. */
  take(tenantId: string): Promise<void>;
}

const WEBHOOK_MAX_BYTES = 256 * 1024;

/** What a CRM tells of its records. It is kept before it is answered, and dealt with afterwards. */
export const newsRoutes = (deps: NewsDeps) => (app: RosApp) => {
  app.post('/hooks/hubspot', async (c) => {
    const raw = await rawOf(c);
    if (!(await deps.isFromHubspot(c.req.raw, raw))) throw new Problem(401, 'Not signed by HubSpot.');
    return keep(c, 'hubspot', deps.read.hubspot(jsonOf(raw)));
  });

  app.post('/hooks/salesforce', async (c) => {
    const raw = await rawOf(c);
    const orgId = await deps.orgOf(c.req.raw, raw);
    if (orgId === null) throw new Problem(401, 'Not sent by an org we know.');
    const told = deps.read.salesforce(jsonOf(raw));
    // A key opens its own org's door and no other.
    if (told?.some(({ account }) => account !== orgId)) throw new Problem(403, 'This key is another org’s.');
    return keep(c, 'salesforce', told);
  });

  async function keep(c: RosContext, provider: 'hubspot' | 'salesforce', told: Told[] | null): Promise<Response> {
    if (!told) throw new Problem(400, 'The body does not have the expected shape.');
    let tenantIds: string[];
    try {
      tenantIds = await deps.keep(provider, told);
    } catch {
      // The sender tries again: it must not take this for an answer.
      throw new Problem(503, 'This cannot be kept right now. Send it again.');
    }
    for (const tenantId of tenantIds) c.executionCtx.waitUntil(deps.take(tenantId));
    return c.json({ ok: true });
  }
};

async function rawOf(c: RosContext): Promise<string> {
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > WEBHOOK_MAX_BYTES) throw new Problem(413, 'The body is larger than 256 KB.');
  return new TextDecoder().decode(bytes);
}

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
}
