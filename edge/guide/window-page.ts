import { body, script, style } from './window-page-made.ts';

/** The rep's live window. It holds nothing of anybody: what it may show comes with the ticket behind the `#`. */
export function windowPage(publicUrl: string, nonce: string): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Live call · Relationship OS</title><style nonce="${nonce}">${style}</style></head><body>${body}<script type="module" nonce="${nonce}">${script}</script></body></html>`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', ...policyOf(publicUrl, nonce) } });
}

const policyOf = (publicUrl: string, nonce: string) => ({
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src ${publicUrl.replace(/^http/, 'ws')}/live/`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'permissions-policy': 'microphone=(), display-capture=(), camera=(), geolocation=()',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
