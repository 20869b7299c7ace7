import { body, script, style } from './team-page-made.ts';

/** The page of those who help on live calls. It holds nothing of anybody: what it may do comes with the ticket behind the `#`. */
export function teamPage(publicUrl: string, nonce: string): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Live now · Relationship OS</title><style nonce="${nonce}">${style}</style></head><body>${body}<script type="module" nonce="${nonce}">${script}</script></body></html>`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `style-src 'nonce-${nonce}'`,
        `connect-src ${publicUrl}/team/`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'permissions-policy': 'microphone=(), display-capture=(), camera=(), geolocation=()',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}
