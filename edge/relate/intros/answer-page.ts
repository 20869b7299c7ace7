import { forwardable } from '../../../shared/relate/write-intro.ts';
import type { IntroRow } from './store.ts';

/** Where somebody who is asked for an introduction answers. It works without a script, and nothing of it is kept anywhere. */
export function answerPage(row: IntroRow, nonce: string): Response {
  const nameOf = (key: string) => row.people.find((one) => one.key === key)?.name ?? '';
  const [rep, target] = [row.repName, nameOf(row.targetKey)];
  switch (row.state) {
    case 'requested':
      return page(
        nonce,
        `${rep} would like to meet ${target}`,
        `<p>${text(`${rep} asks whether you would introduce them. Whatever you say, nothing is sent to ${target} from here.`)}</p>
        <form method="post"><button name="answer" value="accept" class="yes">Yes, I will</button>
        <button name="answer" value="not-now">Not now</button> <button name="answer" value="decline">No</button></form>
        <p class="small">A no needs no reason, and you are not asked about this again for three months.</p>${noteOf(row)}`,
      );
    case 'accepted':
      return page(
        nonce,
        'Thank you',
        `<p>${text(`${rep} is told that you said yes. Forward this to ${target}, in your own words or these:`)}</p>${noteOf(row)}`,
      );
    case 'declined':
      return page(nonce, 'Understood', `<p>${text(`${rep} is told that it does not suit. Nothing else happens.`)}</p>`);
    default:
      return gonePage(nonce);
  }
}

/** The link is used, late, or was never ours: the same for all. */
export const gonePage = (nonce: string): Response =>
  page(nonce, 'There is nothing to answer here', '<p>The request was answered, withdrawn, or is too old.</p>', 404);

function noteOf(row: IntroRow): string {
  const note = forwardable(row.body);
  if (note === null) return '';
  const mail = `mailto:?subject=${encodeURIComponent(`Introduction: ${row.repName}`)}&body=${encodeURIComponent(note)}`;
  return `<h2>The note to forward</h2><pre>${text(note)}</pre>${row.state === 'accepted' ? `<p><a href="${text(mail)}">Open it in my mail</a></p>` : ''}`;
}

function page(nonce: string, title: string, inside: string, status = 200): Response {
  const style =
    'body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:10vh auto;padding:0 1rem;color:#1f2a37}h1{font-size:1.5rem}h2{font-size:1rem}' +
    'button{font:inherit;padding:.5rem 1rem;border:1px solid #4b5563;border-radius:.4rem;background:#fff;color:#1f2a37;cursor:pointer}' +
    '.yes{background:#0b6e4f;border-color:#0b6e4f;color:#fff}pre{white-space:pre-wrap;font:inherit;background:#f3f4f6;padding:1rem;border-radius:.4rem}.small{font-size:.875rem;color:#4b5563}';
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(title)}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${text(title)}</h1>${inside}</main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
  });
}

const text = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
