import { body, script, style } from './calling-page-made.ts';

/** The window that HubSpot opens when somebody is called. The same for everybody: what it may do, its session says. */
export function callingPage(publicUrl: string, hubspot: readonly string[], nonce: string): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Call · Relationship OS</title><style nonce="${nonce}">${style}</style></head><body>${body}<script type="module" nonce="${nonce}">${script}</script></body></html>`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `style-src 'nonce-${nonce}'`,
        `connect-src ${publicUrl}/calling/`,
        "base-uri 'none'",
        "form-action 'none'",
        // The SDK believes whoever frames it, so nobody else may.
        `frame-ancestors ${hubspot.join(' ')}`,
      ].join('; '),
      'permissions-policy': 'microphone=(), display-capture=(), camera=(), geolocation=()',
      'x-content-type-options': 'nosniff',
    },
  });
}
