import type { Consent } from '../../shared/contracts/guidance.ts';
import type { LineState } from './line.ts';
import type { NoSound } from './sources.ts';

/** Every sentence that the page says about its state. */

export const lineWords: Record<LineState, string> = {
  connecting: 'Connecting…',
  open: 'Connected.',
  cut: 'The connection was cut. Trying again; the last ten seconds are kept.',
  ended: 'This call has ended. You can close this window.',
  'taken-over': 'This call is now listened to in another window. You can close this one.',
  'too-long': 'A recording ends after four hours. Start another one from the record.',
  lost: 'This page cannot reach the call any more. Open it again from the record.',
};

export const consentWords: Record<Consent, string> = {
  unknown: 'Nothing is sent yet. Ask the other side, then say what they answered.',
  announced: 'Nothing is sent yet. Ask the other side, then say what they answered.',
  granted: 'They agreed. The conversation is being recorded.',
  refused: 'They refused. Nothing is recorded.',
  expired: 'Nothing is sent any more: their yes is too old, or somebody joined. Ask again.',
};

export const microphoneWords: Record<NoSound, string> = {
  refused: 'The browser does not give us the microphone. Click the icon left of the address, allow the microphone, then try again.',
  none: 'No microphone was found. Plug one in, then try again.',
  busy: 'Another program holds the microphone. Close it, then try again.',
  'no-audio': 'The microphone gives no sound. Choose another one.',
  unsupported: 'This browser cannot use a microphone here. Open the page in a current Chrome, Edge, Firefox or Safari.',
  lost: 'The microphone went away. Plug it in or choose another one, then try again.',
  stopped: 'The microphone was switched off.',
  broken: 'The microphone did not start. Try again.',
};

export const tabWords: Record<NoSound, string> = {
  refused: 'No tab was shared, so only you are heard. Share the tab with the meeting.',
  none: 'There was nothing to share. Open the meeting in a tab of this browser, then try again.',
  busy: 'The tab could not be shared. Try again.',
  'no-audio': 'The tab was shared without its sound. Share it again and switch on “Also share tab audio”.',
  unsupported: 'This browser cannot share a tab’s sound, so only you are heard. Chrome and Edge on a computer can.',
  lost: 'The tab was closed, so only you are heard. Share it again.',
  stopped: 'Sharing has stopped, so only you are heard. Share the tab again.',
  broken: 'The tab could not be shared. Try again.',
};
