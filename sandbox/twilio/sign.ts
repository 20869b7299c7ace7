import { createHmac } from 'node:crypto';

/** X-Twilio-Signature for a webhook, or for a socket's handshake with no fields. */
export function signature(authToken: string, url: string, fields: Record<string, string> = {}): string {
  const names = Object.keys(fields).sort();
  const text = url + names.map((name) => name + fields[name]).join('');
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}
