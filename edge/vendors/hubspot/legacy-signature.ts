/**
 * HubSpot's older signatures, plain SHA-256 in hex: v2 (workflow actions) over secret + method + URI + body, v1 (old webhooks) over
 * secret + body. They carry no time, so they are taken only where HubSpot sends no v3, and never for a card.
 */
export async function verifyLegacyHubspot(request: {
  version: 'v1' | 'v2';
  secret: string;
  method: string;
  url: string;
  rawBody: string;
  signature: string | null;
}): Promise<boolean> {
  const { version, secret, method, url, rawBody, signature } = request;
  if (secret === '' || signature === null || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const source = version === 'v1' ? secret + rawBody : secret + method + url + rawBody;
  const wanted = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source)));
  // Every byte is looked at, so that the time taken says nothing about where they differ.
  let differs = 0;
  for (const [n, byte] of wanted.entries()) differs |= byte ^ Number.parseInt(signature.slice(n * 2, n * 2 + 2), 16);
  return differs === 0;
}
