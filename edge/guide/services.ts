import type { ConsentRule } from '../../shared/contracts/capture.ts';
import type { Consent } from '../../shared/contracts/guidance.ts';
import type { Job } from '../../shared/contracts/job.ts';
import type { Role } from '../../shared/contracts/transcript.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import type { LineReader, LineSource } from '../ports/line.ts';
import type { CallFacts } from '../ports/live.ts';
import type { LiveSpeech } from '../ports/speech.ts';
import type { CallNetwork } from './safety-net.ts';

/** What a running call needs of the rest of the house. */
export interface GuideServices {
  /** How a source's socket messages are read; undefined when it is not read that way. */
  lineOf(source: LineSource): LineReader | undefined;
  speech: LiveSpeech;
  /** Asked when the first one fails again and again. */
  fallbackSpeech?: LiveSpeech;
  now(): number;
  /** The network the call runs on, where it can be asked for something. */
  network: CallNetwork;
  /** The tenant's playbook, compiled, and the names recognition should know. */
  playbook(tenantId: string): Promise<{ plays: CompiledPlays; keyterms: readonly string[] }>;
  /** `how`: under which rule, and at which moment of the call. */
  saveConsent(call: CallFacts, consent: Consent, by: string, how: { rule: ConsentRule; callMs: number }): Promise<void>;
  /** Keeps the recording; answers its key. `of` yields each speaker's audio, oldest first. */
  archive(call: CallFacts, of: (role: Role) => Iterable<{ atMs: number; bytes: Uint8Array }>, durationMs: number): Promise<string>;
  /** Told again with another key, or that nothing is waited for any more, that counts. `holdMs`: the recording may still get better. */
  endCall(call: CallFacts, durationMs: number, audioKey: string | undefined, holdMs?: number): Promise<void>;
  enqueue(job: Job): Promise<void>;
}
