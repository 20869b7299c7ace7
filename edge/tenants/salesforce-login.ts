const myDomain = /^[a-z0-9-]+(--[a-z0-9-]+)?(\.sandbox|\.develop|\.scratch)?\.my\.salesforce\.com$/;
/** A host name has no more. */
const LENGTH_MAX = 253;

/** Where an org's people sign in: an origin, of `login`, `test` or a My Domain; null for any other address. */
export function salesforceLogin(asked: string): string | null {
  const host = asked.toLowerCase();
  if (host === 'login' || host === 'test') return `https://${host}.salesforce.com`;
  if (host === 'login.salesforce.com' || host === 'test.salesforce.com') return `https://${host}`;
  return isMyDomain(host) ? `https://${host}` : null;
}

/** Where our own sign-ins to this org go, and whom they name as their audience: its My Domain, which every kind of app and org takes. */
export function bearerLogin(instanceUrl: string, login: string): string {
  const { host, origin } = new URL(instanceUrl);
  return isMyDomain(host) ? origin : login;
}

const isMyDomain = (host: string) => host.length <= LENGTH_MAX && myDomain.test(host);
