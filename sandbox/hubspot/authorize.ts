import type { cast as Cast } from '../cast.ts';
import type { Portal, Portals } from './portals.ts';
import { word } from './tokens.ts';

/** What the app declared in its metadata file. */
export interface App {
  redirectUrls: readonly string[];
  requiredScopes: readonly string[];
  /** Conditionally required and optional ones. */
  furtherScopes: readonly string[];
}

/** `app-hsmeta.json` of reference/hubspot.md §1. */
export const declared: App = {
  redirectUrls: ['http://127.0.0.1:8787/oauth/hubspot/callback', 'http://localhost:8787/oauth/hubspot/callback'],
  requiredScopes: [
    'oauth',
    'crm.objects.contacts.read',
    'crm.objects.contacts.write',
    'crm.objects.companies.read',
    'crm.objects.deals.read',
    'crm.objects.deals.write',
    'crm.schemas.deals.read',
    'crm.objects.owners.read',
  ],
  furtherScopes: [
    'crm.schemas.deals.write',
    'crm.schemas.contacts.write',
    'crm.extensions_calling_transcripts.read',
    'crm.extensions_calling_transcripts.write',
    'automation.sequences.read',
    'automation.sequences.enrollments.write',
  ],
};

/**
 * `/oauth/authorize`: the consent page, and the redirect once somebody agreed. `sandbox_approve=1` stands for the press,
 * `sandbox_portal` and `sandbox_user` for what was chosen before it.
 */
export async function authorize(portals: Portals, app: App, ids: typeof Cast.hubspot, request: Request, now: number): Promise<Response> {
  const url = new URL(request.url);
  const asked = request.method === 'POST' ? new URLSearchParams(await request.text()) : url.searchParams;
  const redirectUri = asked.get('redirect_uri') ?? '';
  const scopes = words(asked.get('scope'));
  const optional = words(asked.get('optional_scope'));
  const trouble = fault(app, ids, asked, scopes, optional);
  if (trouble) return page(400, `<h1>This app can't be installed</h1><p>${html(trouble)}</p>`);
  if (request.method !== 'POST' && asked.get('sandbox_approve') !== '1')
    return page(200, consent(portals, asked, [...scopes, ...optional]));

  const portal = portals.at(Number(asked.get('sandbox_portal') ?? portals.first.id));
  if (!portal) return page(400, '<h1>No such account</h1>');
  const userId = Number(asked.get('sandbox_user') ?? ids.rep.userId);
  if (!portal.state.owners.some((owner) => owner.userId === userId)) return page(400, '<h1>No such user</h1>');
  const code = word(portal, 24);
  const challenge = asked.get('code_challenge');
  portal.state.codes[code] = {
    userId,
    scopes: [...new Set([...scopes, ...optional])],
    redirectUri,
    expiresAt: now + 120_000,
    ...(challenge ? { challenge } : {}),
  };
  portal.changed();
  const back = new URL(redirectUri);
  back.searchParams.set('code', code);
  const stateWord = asked.get('state');
  if (stateWord !== null) back.searchParams.set('state', stateWord);
  return new Response(null, { status: 302, headers: { location: back.href } });
}

function fault(app: App, ids: typeof Cast.hubspot, asked: URLSearchParams, scopes: string[], optional: string[]): string | undefined {
  if (asked.get('client_id') !== ids.clientId) return 'The client_id is unknown.';
  if (!app.redirectUrls.includes(asked.get('redirect_uri') ?? '')) return 'The redirect_uri is not one of the app’s redirect URLs.';
  const missing = app.requiredScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) return `The scope parameter lacks required scopes: ${missing.join(' ')}`;
  const unknown = [...scopes, ...optional].filter((scope) => !app.requiredScopes.includes(scope) && !app.furtherScopes.includes(scope));
  if (unknown.length > 0) return `The app does not declare these scopes: ${unknown.join(' ')}`;
  if (asked.get('code_challenge') && (asked.get('code_challenge_method') ?? 'S256') !== 'S256')
    return 'code_challenge_method must be S256.';
  return undefined;
}

function consent(portals: Portals, asked: URLSearchParams, scopes: string[]): string {
  const hidden = [...asked]
    .filter(([name]) => name !== 'sandbox_portal')
    .map(([name, value]) => `<input type="hidden" name="${html(name)}" value="${html(value)}">`)
    .join('');
  const chosen = portals.at(Number(asked.get('sandbox_portal'))) ?? portals.first;
  const users = chosen.state.owners
    .map((owner) => `<option value="${owner.userId}">${html(`${owner.firstName} ${owner.lastName}`)}</option>`)
    .join('');
  const list = scopes.map((scope) => `<li><code>${html(scope)}</code></li>`).join('');
  return `<h1>Connect Relationship OS</h1><p>Account ${account(portals.all, chosen)} (sandbox). The app asks for:</p><ul>${list}</ul>
<form method="post" action="/oauth/authorize" id="agree">${hidden}<label>Connect as <select name="sandbox_user">${users}</select></label> <button>Connect app</button></form>`;
}

/** Where there are several, one of them is picked; the user ids are the same in all. */
const account = (all: readonly Portal[], chosen: Portal) =>
  all.length === 1
    ? chosen.id
    : `<select name="sandbox_portal" form="agree">${all.map(({ id }) => `<option${id === chosen.id ? ' selected' : ''}>${id}</option>`).join('')}</select>`;

const page = (status: number, body: string) =>
  new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>HubSpot (sandbox)</title><body style="font:16px system-ui;max-width:40rem;margin:3rem auto">${body}</body></html>`,
    {
      status,
      headers: { 'content-type': 'text/html;charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
    },
  );

const words = (value: string | null) => (value ?? '').split(/[ ,]+/).filter((word) => word !== '');
const html = (value: string) => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
