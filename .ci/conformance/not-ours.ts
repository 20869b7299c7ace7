import type { Exchange } from '../../sandbox/kit/serve.ts';

/** What stands in the recording although the Worker did not send it, and who did. */
const others: readonly { vendor: string; method: string; path: string | RegExp; who: string }[] = [
  { vendor: 'hubspot', method: 'GET', path: '/oauth/authorize', who: 'the browser of whoever installs the app' },
  { vendor: 'salesforce', method: 'GET', path: '/services/oauth2/authorize', who: 'the browser of whoever installs the app' },
  // Its twin records what it sends to us, too.
  { vendor: 'twilio', method: 'POST', path: '/voice/twilio', who: 'Twilio, asking what to do with a call' },
  {
    vendor: 'twilio',
    method: 'POST',
    path: /^\/voice\/twilio\/(told|accept|accepted|next|bridge|announce)\/[^/]+$/,
    who: 'Twilio, telling of a phone that rings and asking what to say there',
  },
  { vendor: 'twilio', method: 'POST', path: '/api/calls/webhook', who: 'Twilio, telling how a call goes' },
];

/** Who sent it, when it was not the Worker. */
export function senderOf({ vendor, method, path }: Exchange): string | undefined {
  const [asked = ''] = path.split('?', 1);
  const isIt = (known: string | RegExp) => (typeof known === 'string' ? known === asked : known.test(asked));
  return others.find((one) => one.vendor === vendor && one.method === method && isIt(one.path))?.who;
}
