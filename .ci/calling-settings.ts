import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `node .ci/calling-settings.ts [--send]`: tells HubSpot where our calling window is, from `hubspot-app/calling-settings.json`. Without
 * `--send` it shows what would be sent and asks nobody. HUBSPOT_APP_ID and HUBSPOT_DEVELOPER_KEY are the developer account's;
 * PUBLIC_URL, where it is set, is the Worker the window is loaded from.
 */
interface Asked {
  env: Record<string, string | undefined>;
  isSent: boolean;
  fetch: typeof fetch;
  say(line: string): void;
}

interface CallingSettings {
  name: string;
  url: string;
  width: number;
  height: number;
  isReady: boolean;
  supportsCustomObjects: boolean;
  usesRemote: boolean;
  usesCallingWindow: boolean;
  supportsInboundCalling: boolean;
}

const API = 'https://api.hubapi.com/crm/extensions/calling/2026-09';
const TIMEOUT_MS = 15_000;

/** True when HubSpot has the settings now, or when nothing was to be sent. Asked again, it changes what stands there. */
export async function tellCallingSettings(settings: CallingSettings, { env, isSent, fetch, say }: Asked): Promise<boolean> {
  const wrong = (line: string) => {
    say(line);
    return false;
  };
  const { HUBSPOT_APP_ID: app = '', HUBSPOT_DEVELOPER_KEY: key = '', PUBLIC_URL: origin } = env;
  const url = origin === undefined ? settings.url : `${origin.replace(/\/$/, '')}/calling/hubspot`;
  if (URL.parse(url)?.protocol !== 'https:') return wrong('The calling window needs an https address. Set PUBLIC_URL to the Worker’s own.');
  const body = { ...settings, url };
  say(JSON.stringify(body));
  if (!isSent) {
    say('Nothing was sent. Add --send to tell HubSpot.');
    return true;
  }
  if (!/^\d{1,12}$/.test(app)) return wrong('HUBSPOT_APP_ID is missing: the number of the app in your developer account.');
  if (key === '') return wrong('HUBSPOT_DEVELOPER_KEY is missing: developer account, Keys, Developer API key.');
  if (new URL(url).hostname.endsWith('.example')) return wrong('The address is an example’s. Set PUBLIC_URL to the Worker’s own.');

  /** The key stands in the address, so no address and no error that may hold one is ever shown. */
  const ask = async (method: 'GET' | 'POST' | 'PATCH'): Promise<Response | undefined> => {
    const sent = method === 'GET' ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await fetch(`${API}/${app}/settings?hapikey=${encodeURIComponent(key)}`, { method, redirect: 'error', signal, ...sent });
    } catch {
      return undefined;
    }
  };
  const known = await ask('GET');
  if (known && known.status !== 404 && !known.ok) return wrong(whyNot(known.status));
  const told = known && (await ask(known.status === 404 ? 'POST' : 'PATCH'));
  if (!told) return wrong('HubSpot could not be reached within 15 seconds. Nothing is lost: run it again.');
  if (!told.ok) return wrong(whyNot(told.status));
  say(known.status === 404 ? 'HubSpot has the calling settings now.' : 'HubSpot has the new calling settings.');
  return true;
}

function whyNot(status: number): string {
  if (status === 401 || status === 403)
    return 'HubSpot does not take this developer key for this app. Check both in your developer account.';
  if (status === 400) return 'HubSpot refuses these settings. Compare hubspot-app/calling-settings.json with its reference.';
  if (status === 429) return 'HubSpot has had too many requests. Run it again in ten seconds.';
  return `HubSpot answered ${status}. Run it again in a minute.`;
}

if (import.meta.main) {
  const settings = JSON.parse(readFileSync(join(import.meta.dirname, '../hubspot-app/calling-settings.json'), 'utf8')) as CallingSettings;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const isTold = await tellCallingSettings(settings, { env: process.env, isSent: process.argv.includes('--send'), fetch, say });
  process.exitCode = isTold ? 0 : 1;
}
