import type { ConsentRule } from '../../shared/contracts/capture.ts';
import type { Consent } from '../../shared/contracts/guidance.ts';
import type { Job } from '../../shared/contracts/job.ts';
import type { Role } from '../../shared/contracts/transcript.ts';
import type { CardLog } from '../../shared/guide/card-log.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import type { Learned } from '../../shared/guide/learn.ts';
import type { KnownRecord } from '../../shared/guide/moments/state.ts';
import type { Flag } from '../../shared/guide/session.ts';
import type { Result } from '../../shared/kit/result.ts';
import type { AudioDecoder } from '../ports/audio-decoder.ts';
import type { DialledSaid, OpenLine } from '../ports/dialled-line.ts';
import type { LineReader, LineSource } from '../ports/line.ts';
import type { CallFacts, MeetingStream } from '../ports/live.ts';
import type { LiveSpeech } from '../ports/speech.ts';
import type { LiveDeal } from './deal-now.ts';
import type { CallNetwork } from './safety-net.ts';
import type { SecondTierServices } from './second-tier.ts';
import type { SpeechLedger } from './speech-spend.ts';

/** What a running call needs of the rest of the house. */
export interface GuideServices {
  /** How a source's socket messages are read; undefined when it is not read that way. */
  lineOf(source: LineSource): LineReader | undefined;
  /** Opens the line to a running meeting, with its account's own credentials. */
  dialMeeting(call: CallFacts, stream: MeetingStream, hear: (said: DialledSaid) => void): Promise<Result<OpenLine>>;
  /** The platform takes a stream back: what was heard is destroyed everywhere. */
  revoke(call: CallFacts): Promise<void>;
  speech: LiveSpeech;
  /** What a recorder in a browser sends, to what everybody else sends. */
  decoder: AudioDecoder;
  /** Tells voices apart, for calls whose track has several. */
  mixedSpeech?: LiveSpeech;
  /** Asked when the first one fails again and again. */
  fallbackSpeech?: LiveSpeech;
  now(): number;
  /** The network the call runs on, where it can be asked for something. */
  network: CallNetwork;
  /** What guides this call's rep, compiled, and the names recognition should know. */
  playbook(call: Pick<CallFacts, 'tenantId' | 'callId'>): Promise<{ plays: CompiledPlays; keyterms: readonly string[] }>;
  /** What that playbook asks of the call's CRM record; null where the CRM does not say. */
  recordOf(call: CallFacts): Promise<KnownRecord | null>;
  /** The same names, and those of the people and companies of this call: what its CRM record says, best first. */
  keytermsOf(call: CallFacts): Promise<readonly string[]>;
  /** What live speech may cost this tenant. */
  ledger: SpeechLedger;
  /** `how`: under which rule, and at which moment of the call. */
  saveConsent(call: CallFacts, consent: Consent, by: string, how: { rule: ConsentRule; callMs: number }): Promise<void>;
  /** Keeps the recording; answers its key. `of` yields each speaker's audio, oldest first. */
  archive(call: CallFacts, of: (role: Role) => Iterable<{ atMs: number; bytes: Uint8Array }>, durationMs: number): Promise<string>;
  /** Told again with another key, or that nothing is waited for any more, that counts. `holdMs`: the recording may still get better. */
  endCall(call: CallFacts, durationMs: number, audioKey: string | undefined, holdMs?: number): Promise<void>;
  /** What earlier calls say of this call's rep, and of the rules. */
  learnedOf(call: CallFacts): Promise<Learned>;
  /** What became of the call's cards. `saidAtMs`: up to when the rep said how they want them. Told again, nothing changes. */
  saveGuidance(call: CallFacts, cards: CardLog, saidAtMs: number): Promise<void>;
  /** The moments that the rep flagged. Told again, nothing changes. */
  saveMarks(call: CallFacts, flags: readonly Flag[]): Promise<void>;
  /** How the call's deal stood before it; null on a call about no record. */
  dealOf(call: CallFacts): Promise<LiveDeal | null>;
  /** Absent without a key for a language model: the rules guide alone. */
  secondTier?: SecondTierServices;
  enqueue(job: Job): Promise<void>;
}
