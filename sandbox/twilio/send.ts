import type { Desk } from './desk.ts';
import { signature } from './sign.ts';
import type { Notification } from './twiml.ts';

const WEBHOOK_MS = 15_000;

/** One signed webhook, as the vendor sends it. */
export async function send(desk: Desk, url: string, form: Record<string, string>, token: string): Promise<Answer | Notification> {
  const body = new URLSearchParams(form).toString();
  const contentType = 'application/x-www-form-urlencoded; charset=UTF-8';
  const headers = { 'Content-Type': contentType, 'X-Twilio-Signature': signature(token, url, form), 'User-Agent': 'TwilioProxy/1.1' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(WEBHOOK_MS) });
    const text = await response.text();
    desk.record?.({ vendor: 'twilio', method: 'POST', path: new URL(url).pathname, contentType, body, status: response.status });
    if (!response.ok) return { code: 11200, message: `The webhook answered ${response.status}.` };
    return { text, isXml: /^(text|application)\/xml\b/.test(response.headers.get('content-type') ?? '') };
  } catch {
    return { code: 11200, message: 'The webhook could not be reached.' };
  }
}

interface Answer {
  text: string;
  isXml: boolean;
}
