import { revive, type Session } from '../../shared/guide/session.ts';
import type { CallFacts } from '../ports/live.ts';

/** What a call's object knows of its call. All of it is in storage, too: it may be evicted between any two messages. */
export interface CallMemory {
  facts: CallFacts | undefined;
  session: Session | undefined;
  /** Call time up to which something was heard, ms. */
  durationMs: number;
  /** Its end is done: archived, told, forgotten here. */
  isFinished: boolean;
  isDestroyed: boolean;
}

/** More frames than one second brings: what was told and not kept must not be told again under numbers that screens have seen. */
const SEQ_LEAP = 256;

export const noCall = (): CallMemory => ({ facts: undefined, session: undefined, durationMs: 0, isFinished: false, isDestroyed: false });

/** Puts back what storage has of a call. */
export async function recall(storage: DurableObjectStorage, call: CallMemory): Promise<void> {
  call.facts = await storage.get<CallFacts>('facts');
  const kept = await storage.get<Session>('session');
  const session = kept && revive(kept);
  call.session = session && !session.ended ? { ...session, seq: session.seq + SEQ_LEAP } : session;
  call.isDestroyed = (await storage.get<boolean>('destroyed')) ?? false;
  call.isFinished = (await storage.get<boolean>('finished')) ?? false;
  call.durationMs = (await storage.get<number>('durationMs')) ?? 0;
}

/** A call over the telephone network, which can be asked for its audio and for a recording. */
export const isTelephone = ({ facts }: CallMemory): boolean => (facts?.source ?? 'twilio') === 'twilio';
