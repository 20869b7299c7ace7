import { body, script, style } from './browser-page-made.ts';

/** The listening page. It holds nothing of anybody: what it may do comes with the ticket behind the `#`. */
export function browserPage(publicUrl: string, nonce: string): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Listening · Relationship OS</title><style nonce="${nonce}">${style}</style></head><body>${body}<script type="module" nonce="${nonce}">${script}</script></body></html>`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', ...policyOf(publicUrl, nonce) } });
}

const policyOf = (publicUrl: string, nonce: string) => ({
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    // The one script that needs an address: a worklet cannot be given a nonce.
    `script-src 'nonce-${nonce}' ${publicUrl}/listen/worklet.js`,
    `style-src 'nonce-${nonce}'`,
    `connect-src ${publicUrl.replace(/^http/, 'ws')}/media/browser/`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'permissions-policy': 'microphone=(self), display-capture=(self), camera=(), geolocation=()',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
