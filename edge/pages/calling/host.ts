import CallingExtensions from '@hubspot/calling-extensions-sdk';
import * as z from 'zod/mini';
import type { PhoneCallView } from '../../../shared/contracts/phone.ts';
import { type RecordRef, recordRef } from '../../../shared/contracts/record.ts';

export interface HostTold {
  /** HubSpot is there. `remote` shows what the calling window does, and begins nothing. */
  ready(place: { isRemote: boolean }): void;
  dial(record: RecordRef, number: string): void;
  endCall(): void;
}

const said = z.object({
  phoneNumber: z.string().check(z.maxLength(60)),
  objectId: z.union([z.number(), z.string()]),
  objectType: z.string(),
});
const readyShape = z.object({ iframeLocation: z.optional(z.nullable(z.string())) });
const engagement = z.object({ engagementId: z.union([z.number(), z.string()]), externalCallId: z.optional(z.nullable(z.string())) });
const objects: Record<string, RecordRef['object']> = { CONTACT: 'contact', COMPANY: 'company', DEAL: 'deal' };

/** How a call ended, in HubSpot's words. */
const endOf = ({ phase, direction, talkingAt }: PhoneCallView, why: string) => {
  if (phase === 'ended' && talkingAt !== null) return 'COMPLETED';
  if (direction === 'in') return 'MISSED';
  if (/ is busy|phone was busy/.test(why)) return 'BUSY';
  if (/did not pick up/.test(why)) return 'NO_ANSWER';
  return phase === 'ended' ? 'CANCELED' : 'FAILED';
};

/** HubSpot's side of the calling window. Each call is told once from its beginning to its end, however often we look at it. */
export function openHost(told: HostTold) {
  const engagements = new Map<string, number>();
  const begun = new Set<string>();
  const answered = new Set<string>();
  const ended = new Set<string>();
  const quiet = () => undefined;
  const made = (data: unknown) => {
    const read = engagement.safeParse(data);
    if (!read.success) return;
    // Older hosts do not say for which call: then it is the last one that began.
    const callId = read.data.externalCallId ?? [...begun].at(-1);
    if (callId) engagements.set(callId, Number(read.data.engagementId));
  };
  const cti = new CallingExtensions({
    debugMode: false,
    eventHandlers: {
      onReady: (data: unknown) => {
        const read = readyShape.safeParse(data ?? {});
        told.ready({ isRemote: read.data?.iframeLocation === 'remote' });
      },
      onDialNumber: (data: unknown) => {
        const read = said.safeParse(data);
        const record = recordRef.safeParse({ object: objects[read.data?.objectType ?? ''], id: String(read.data?.objectId) });
        if (read.success && record.success) told.dial(record.data, read.data.phoneNumber);
        else cti.sendError({ message: 'This record cannot be called from here.' });
      },
      onEndCall: () => told.endCall(),
      onCreateEngagementSucceeded: made,
      onEngagementCreated: made,
      onCreateEngagementFailed: quiet,
      onUpdateEngagementSucceeded: quiet,
      onUpdateEngagementFailed: quiet,
      onCallerIdMatchSucceeded: quiet,
      onCallerIdMatchFailed: quiet,
      onInitiateCallIdSucceeded: quiet,
      onInitiateCallIdFailed: quiet,
      onNavigateToRecordFailed: quiet,
      onPublishToChannelSucceeded: quiet,
      onPublishToChannelFailed: quiet,
      onFinalizeEngagementSucceeded: quiet,
      onFinalizeEngagementFailed: quiet,
      onSetCallState: quiet,
      onSetWidgetUrlFailed: quiet,
      onVisibilityChanged: quiet,
      onFailed: quiet,
      defaultEventHandler: quiet,
    },
  });

  return {
    initialized: (isLoggedIn: boolean) => cti.initialized({ isLoggedIn }),
    loggedIn: () => {
      cti.userLoggedIn();
      cti.userAvailable();
    },
    loggedOut: () => cti.userLoggedOut(),
    failed: (message: string) => cti.sendError({ message }),

    /** A call as it stands now. HubSpot writes the call down itself, with both numbers, so that our words find it there. */
    show(call: PhoneCallView): void {
      const { callId: externalCallId, number, ourNumber } = call;
      const isOver = call.phase === 'ended' || call.phase === 'failed';
      if (!begun.has(externalCallId)) {
        // What was over before this window opened is no news.
        if (isOver) ended.add(externalCallId);
        begun.add(externalCallId);
        const when = { externalCallId, callStartTime: Date.parse(call.startedAt), createEngagement: true };
        if (isOver) return;
        if (call.direction === 'out') cti.outgoingCall({ ...when, fromNumber: ourNumber, toNumber: number });
        else cti.incomingCall({ ...when, fromNumber: number, toNumber: ourNumber });
      }
      if (call.phase === 'talking' && !answered.has(externalCallId)) {
        answered.add(externalCallId);
        cti.callAnswered({ externalCallId });
      }
      if (!isOver || ended.has(externalCallId)) return;
      ended.add(externalCallId);
      const engagementId = engagements.get(externalCallId) ?? 0;
      const callEndStatus = endOf(call, call.why ?? '');
      cti.callEnded({ externalCallId, engagementId, callEndStatus });
      const [from, to] = call.direction === 'out' ? [ourNumber, number] : [number, ourNumber];
      cti.callCompleted({
        externalCallId,
        engagementId,
        hideWidget: false,
        engagementProperties: {
          hs_timestamp: Date.parse(call.talkingAt ?? call.startedAt),
          hs_call_direction: call.direction === 'out' ? 'OUTBOUND' : 'INBOUND',
          hs_call_from_number: from,
          hs_call_to_number: to,
          hs_call_duration: String(call.talkingAt === null ? 0 : Math.max(0, Date.now() - Date.parse(call.talkingAt))),
        },
      });
    },
  };
}
