import { type ListenDown, type ListenUp, listenDown, listenOver, listenUp } from '../contracts/microphone.ts';

/** What the listening page and the call say to each other beside the audio, as JSON text. */

export const browserUp = listenUp;
export type BrowserUp = ListenUp;

export const browserDown = listenDown;
export type BrowserDown = ListenDown;

/** Another socket took this one's place; the page must not fight for it. */
export const TAKEN_OVER = { code: listenOver.takenOver, reason: 'This call is now listened to in another window.' };
export const CALL_OVER = { code: listenOver.ended, reason: 'This call has ended.' };
export const TOO_LONG = { code: listenOver.tooLong, reason: 'A recording ends after four hours.' };
export const NONSENSE = { code: 4400, reason: 'This message is none we know.' };
