import type { Result } from '../../shared/kit/result.ts';

/** A telephone account and the one call meant, by the vendor's own ids. */
export interface DeskCall {
  account: string;
  secret: string;
  externalId: string;
}

/** What a telephone network can be asked to do about a running call, so that a broken socket costs nothing. */
export interface LineDesk {
  /** Sends both tracks to `mediaUrl` from now on, with times that begin at 0 again. */
  streamAgain(call: DeskCall, to: { mediaUrl: string; statusUrl: string; parameters: Record<string, string> }): Promise<Result<true>>;

  /** Is the call over? What cannot be asked is a fault. */
  isOver(call: DeskCall): Promise<Result<boolean>>;

  /** Begins a recording of both sides, each on its own channel; answers the vendor's id for it. `ambiguous`: it may run for all we know. */
  record(call: DeskCall, told: { statusUrl: string }): Promise<Result<string>>;

  /** Recordings of this call as `record` begins them that began between these, ms since 1970, give or take a clock that is off. */
  recordingsOf(call: DeskCall, began: { fromMs: number; toMs: number }): Promise<Result<string[]>>;

  /** Ends it and keeps what there is. Ended already is fine. */
  stopRecording(call: DeskCall, recording: string): Promise<Result<true>>;

  /** `gone`: there is none and there will be none. `busy`: not yet. Else a WAV file, channel 0 inbound, channel 1 outbound. */
  fetchRecording(call: DeskCall, recording: string): Promise<Result<{ body: ReadableStream<Uint8Array> }>>;

  /** It is no longer needed there. Gone already is fine. */
  dropRecording(call: DeskCall, recording: string): Promise<Result<true>>;
}
