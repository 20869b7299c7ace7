import { enter, leave, type Roster } from '../../shared/capture/meeting-roster.ts';
import { type Mixer, mixer } from '../../shared/capture/mix-voices.ts';
import { toMulaw } from '../../shared/capture/mulaw.ts';
import { never } from '../../shared/kit/must.ts';
import { failed } from '../../shared/kit/result.ts';
import { log } from '../http/log.ts';
import type { DialledSaid, OpenLine } from '../ports/dialled-line.ts';
import type { LineEvent } from '../ports/line.ts';
import type { MeetingStream } from '../ports/live.ts';
import type { CallMemory } from './call-memory.ts';
import type { GuideServices } from './call-needs.ts';

/** A platform waits a minute for us; whoever is gone for longer does not come back. */
const AWAY_MAX_MS = 90_000;
/** A meeting that nobody ends is not heard for ever. */
const CALL_MAX_MS = 4 * 3_600_000;
const AGAIN_MS = [500, 1_500, 3_000, 6_000, 12_000];
/** A moment so far ahead of the others is a mistake of its sender's. */
const AHEAD_MAX_MS = 5_000;
/** A line that lived so long was a good one: should it break, it is opened again at once. */
const STABLE_MS = 10_000;
const KEY = 'meetingLine';

interface Kept {
  stream: MeetingStream;
  roster: Roster;
  /** Since when there is no line; null while there is one. */
  awaySinceMs: number | null;
  tries: number;
}

export interface MeetingLineDeps {
  ctx: DurableObjectState;
  services(): GuideServices;
  call: CallMemory;
  began(): void;
  hear(event: LineEvent): void;
  /** One of the others came, or went; whoever comes has been asked nothing. */
  came(party: string): void;
  went(party: string): void;
  over(isRevoked: boolean): void;
}

/**
 * A meeting's audio: the one line that we open ourselves, one for each stream, and open again when it breaks or we were evicted. People
 * become two tracks here: the rep's, and everybody else's together.
 */
export class MeetingLine {
  readonly #it: MeetingLineDeps;
  #kept: Kept | undefined;
  #line: OpenLine | undefined;
  /** Who was let go is not listened to any more, whatever it still says. */
  #turn = 0;
  #isOpening = false;
  #openedAtMs = 0;
  #tracks: Record<'rep' | 'customer', Mixer> = { rep: mixer(), customer: mixer() };
  /** Our clock less theirs, at its fastest: so no sound is ever later than when it came. */
  #behindMs: number | undefined;

  constructor(it: MeetingLineDeps) {
    this.#it = it;
  }

  async load(): Promise<void> {
    this.#kept = await this.#it.ctx.storage.get<Kept>(KEY);
  }

  /** The platform says that there is a stream, and where. Said again, nothing changes; at another address, it has moved there. */
  async dial(told: MeetingStream): Promise<void> {
    const known = this.#kept?.stream;
    const stream = { ...told, address: told.address || (known?.address ?? '') };
    const isSame = known?.streamId === stream.streamId && known.address === stream.address;
    if (isSame && (this.#line || this.#isOpening)) return;
    if (!isSame) {
      this.close();
      this.#kept = { stream, roster: this.#kept?.roster ?? {}, awaySinceMs: this.#it.services().now(), tries: 0 };
      await this.#save();
    }
    this.#it.ctx.waitUntil(this.#connect());
  }

  /** Opens the line when there is none. Answers whether the call is over. */
  async look(): Promise<boolean> {
    const { services, call } = this.#it;
    const now = services().now();
    const startedAtMs = call.facts?.startedAtMs ?? now;
    if (now - startedAtMs > CALL_MAX_MS) return true;
    if (this.#line || this.#isOpening) return false;
    if (this.#kept && this.#kept.awaySinceMs === null) this.#kept.awaySinceMs = now;
    if (now - (this.#kept?.awaySinceMs ?? startedAtMs) > AWAY_MAX_MS) return true;
    await this.#connect();
    return false;
  }

  close(): void {
    this.#turn += 1;
    this.#isOpening = false;
    this.#line?.close();
    this.#line = undefined;
  }

  async #connect(): Promise<void> {
    const { services, call } = this.#it;
    const kept = this.#kept;
    if (!kept || !call.facts || this.#line || this.#isOpening || !this.#isRunning()) return;
    this.#isOpening = true;
    this.#turn += 1;
    const turn = this.#turn;
    this.#behindMs = undefined;
    const opened = await services()
      .dialMeeting(call.facts, kept.stream, (said) => {
        if (turn === this.#turn) this.#heard(said);
      })
      .catch(() => failed({ kind: 'broken' as const, said: 'The line could not be opened.' }));
    if (turn !== this.#turn || !this.#isRunning()) {
      if (opened.ok) opened.value.close();
      return;
    }
    this.#isOpening = false;
    if (opened.ok) {
      this.#line = opened.value;
      this.#openedAtMs = services().now();
      kept.awaySinceMs = null;
      await this.#save();
      this.#it.began();
      return;
    }
    log({ at: 'call', what: 'meeting-not-opened', kind: opened.fault.kind, level: 'warn', trace: call.facts.callId });
    await this.#again(kept);
  }

  /** Looked after in a moment; each time it is a longer one. */
  async #again(kept: Kept): Promise<void> {
    const { ctx, services } = this.#it;
    const now = services().now();
    kept.awaySinceMs ??= now;
    const pauseMs = AGAIN_MS[Math.min(kept.tries, AGAIN_MS.length - 1)] ?? 0;
    kept.tries += 1;
    await Promise.all([this.#save(), ctx.storage.setAlarm(now + pauseMs)]);
  }

  #heard(said: DialledSaid): void {
    const { ctx, services, hear, went, over } = this.#it;
    switch (said.type) {
      case 'voice':
        this.#hearVoice(said);
        break;
      case 'came':
        this.#enter(said.who, said.name);
        break;
      case 'went':
        if (this.#kept?.roster[said.who]?.role === 'customer') went(said.who);
        this.#keep(leave(this.#kept?.roster ?? {}, said.who));
        break;
      case 'alive':
        hear({ type: 'ignored' });
        break;
      case 'over':
        this.close();
        over(said.isRevoked);
        break;
      case 'broke':
        this.close();
        if (this.#kept && services().now() - this.#openedAtMs >= STABLE_MS) this.#kept.tries = 0;
        if (this.#kept) ctx.waitUntil(this.#again(this.#kept));
        break;
      default:
        never(said);
    }
  }

  #hearVoice({ who, name, atMs, pcm }: Extract<DialledSaid, { type: 'voice' }>): void {
    const { services, call, hear } = this.#it;
    const callMs = this.#callMs(atMs, services().now());
    if (callMs === undefined || !call.facts) return;
    // Nobody is heard before they are known to be there.
    const { id, role } = this.#enter(who, name);
    const track = (call.facts.repTrack === 'outbound') === (role === 'rep') ? 'outbound' : 'inbound';
    for (const one of this.#tracks[role].push(id, callMs, pcm)) hear({ type: 'audio', track, atMs: one.atMs, bytes: toMulaw(one.pcm) });
  }

  /** A moment of theirs in call time; undefined when it cannot be right. */
  #callMs(theirsMs: number, now: number): number | undefined {
    const behindMs = now - theirsMs;
    if (this.#behindMs !== undefined && behindMs < this.#behindMs - AHEAD_MAX_MS) return undefined;
    this.#behindMs = Math.min(this.#behindMs ?? behindMs, behindMs);
    const callMs = theirsMs + this.#behindMs - (this.#it.call.facts?.startedAtMs ?? 0);
    return callMs < 0 ? undefined : callMs;
  }

  #enter(who: string, name: string): { id: string; role: 'rep' | 'customer' } {
    const entered = enter(this.#kept?.roster ?? {}, { id: who, name }, this.#kept?.stream.ours ?? []);
    this.#keep(entered.roster);
    if (entered.isNewGuest) this.#it.came(entered.id);
    return entered;
  }

  #keep(roster: Roster): void {
    if (!this.#kept || this.#kept.roster === roster) return;
    this.#kept.roster = roster;
    this.#it.ctx.waitUntil(this.#save());
  }

  async #save(): Promise<void> {
    if (this.#kept && !this.#it.call.isDestroyed) await this.#it.ctx.storage.put(KEY, this.#kept);
  }

  #isRunning(): boolean {
    const { session, isDestroyed } = this.#it.call;
    return session !== undefined && !session.ended && !isDestroyed;
  }
}
