import {
  type HelpedCallView,
  helpedCallView,
  type TeamLiveView,
  teamLiveView,
  teamSessionBody,
  teamSessionView,
  type WhisperView,
  whisperView,
} from '../../../shared/contracts/team.ts';
import { asker, type Said } from '../ask.ts';

export type { Said } from '../ask.ts';

const service = asker({ kept: sessionStorage, key: 'team.session', away: 'Relationship OS could not be reached. We go on trying.' });

export const { isSignedIn } = service;

/** The ticket of the address opens the session of this window, once; loaded anew, the window goes on with it. One that was cut short opens nothing. */
export async function signIn(ticket: string): Promise<Said<true>> {
  const body = teamSessionBody.safeParse({ ticket });
  return body.success ? service.signIn('/team/session', teamSessionView, body.data) : 'signed-out';
}

export const look = (): Promise<Said<TeamLiveView>> => service.ask('GET', '/team/v1/live', teamLiveView);
export const lookAt = (callId: string): Promise<Said<HelpedCallView>> => service.ask('GET', `/team/v1/live/${callId}`, helpedCallView);
export const whisper = (callId: string, body: { requestId: string; text: string }): Promise<Said<WhisperView>> =>
  service.ask('POST', `/team/v1/calls/${callId}/whisper`, whisperView, body);
