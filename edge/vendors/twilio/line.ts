import type { Line } from '../../ports/line.ts';
import { eventOf } from './map.ts';
import { isSigned } from './signature.ts';
import { answerWith } from './twiml.ts';

/** Twilio Voice with Media Streams. The secret is the account's auth token. */
export const twilioLine = (): Line => ({ verify: isSigned, answer: answerWith, read: eventOf });
