import { type Hubspot, type HubspotOptions, startHubspot } from './protocol.ts';

export const noon = '2026-11-20T12:00:00.000Z';

export interface Told {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a vendor's answer, looked at from outside.
  body: any;
}

/** A twin whose clock stands still until the test moves it, asked with a token that may do everything. */
export async function twinUnderTest(options: Partial<HubspotOptions> = {}) {
  const clock = { now: Date.parse(noon) };
  const hubspot: Hubspot = await startHubspot({ port: 0, now: () => clock.now, ...options });
  const bearer = hubspot.grant().accessToken;
  const ask = async (method: string, path: string, body?: unknown): Promise<Told> => {
    const response = await fetch(`${hubspot.origin}/crm${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  return { hubspot, clock, ask };
}
export type TwinUnderTest = Awaited<ReturnType<typeof twinUnderTest>>;

export const tie = (toId: string, associationTypeId: number, associationCategory = 'HUBSPOT_DEFINED') => ({
  to: { id: toId },
  types: [{ associationCategory, associationTypeId }],
});
