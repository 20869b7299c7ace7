import type { Line } from '../../ports/line.ts';
import { ownsAccount } from './account.ts';
import { eventOf } from './map.ts';
import { isSigned } from './signature.ts';
import { answerWith } from './twiml.ts';

/** Twilio Voice with Media Streams. The secret is the account's auth token. */
export const twilioLine = ({ api }: { api: string }): Line => ({
  owns: (account, secret) => ownsAccount(api, account, secret),
  verify: isSigned,
  answer: answerWith,
  read: eventOf,
});
