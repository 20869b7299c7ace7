import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { RosContext } from '../../http/app.ts';
import { sha256Hex } from '../../http/who.ts';
import type { Masters } from '../keys/masters.ts';
import { beginInstall, endInstall, type InstallState } from '../oauth-state.ts';

/** What sending somebody to a host, and knowing them when they come back, takes. */
export interface WayBackDeps {
  now(): number;
  /** Seal install states. */
  masters: Masters;
  publicUrl: string;
  /** True for the first who comes with this state. */
  takeState(hash: string, now: Date, expiresAt: Date): Promise<boolean>;
}

const COOKIE = 'ros_install';

/** A state that only this browser can bring back, and the challenge for its code. */
export async function sendOff(
  deps: WayBackDeps,
  c: RosContext,
  to: Parameters<typeof beginInstall>[1],
): Promise<{ state: string; challenge: string }> {
  const { state, browser, challenge } = await beginInstall(deps.masters, to, deps.now());
  const secure = deps.publicUrl.startsWith('https:');
  setCookie(c, COOKIE, browser, { httpOnly: true, sameSite: 'Lax', secure, path: '/oauth', maxAge: 600 });
  return { state, challenge };
}

/** The state that came back, once. Taken before its code is traded: whoever comes second with it does not even ask the host. */
export async function takeBack(deps: WayBackDeps, c: RosContext, host: InstallState['host']): Promise<InstallState | null> {
  const state = await endInstall(deps.masters, c.req.query('state') ?? '', host, getCookie(c, COOKIE) ?? '', deps.now());
  deleteCookie(c, COOKIE, { path: '/oauth' });
  return state && (await isFirst(deps, state)) ? state : null;
}

/** By the cookie's word, not the sealed text: that could be written in more than one way. */
const isFirst = async (deps: WayBackDeps, { browser, expiresAtMs }: InstallState): Promise<boolean> =>
  deps.takeState(await sha256Hex(browser), new Date(deps.now()), new Date(expiresAtMs));

export const usedUp = (c: RosContext): Response => page(c, 400, 'This link is used up', 'Start again from the settings page.');

/** A page of ours between two hosts: a title, a line, and what a person goes on with. */
export function page(
  c: RosContext,
  status: 200 | 400,
  title: string,
  line: string,
  { installKey, goOn }: { installKey?: string; goOn?: { to: string; label: string } } = {},
): Response {
  const key = installKey
    ? `<p>Install key, shown this once. Paste it on the setup tab in Salesforce:</p><p><code id="install-key">${asHtml(installKey)}</code></p>`
    : '';
  const link = goOn ? `<p><a id="go-on" href="${asHtml(goOn.to)}">${asHtml(goOn.label)}</a></p>` : '';
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${asHtml(title)}</title><main><h1>${asHtml(title)}</h1><p>${asHtml(line)}</p>${link}${key}</main></html>`;
  return c.body(html, status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
}

const asHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
