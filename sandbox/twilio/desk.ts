import type { Exchange } from '../kit/serve.ts';
import type { Store } from '../kit/store.ts';
import type { TalkLine, Tracks } from './line.ts';
import type { Recording } from './recordings.ts';
import type { TwilioState } from './state.ts';
import type { Plan } from './twiml.ts';

/** A call that has been answered. */
interface Running {
  accountSid: string;
  line: TalkLine;
  tracks: Tracks;
  startStream(plan: NonNullable<Plan['stream']>, streamSid: string): void;
  endRecording(recording: Recording): void;
}

/** What whoever has a phone does when it rings; a voicemail picks up and presses no key. */
export type Manners = 'answers' | 'voicemail' | 'busy' | 'no-answer' | 'failed';

export interface Desk {
  /** What people do when their phone rings; who is not here answers. */
  manners: Map<string, Manners>;
  /** Ends a call that rings or runs. */
  hangUps: Map<string, () => void>;
  /** How the next calls that are asked for are refused. */
  refusals: { status: number; code: number; message: string }[];
  /** Calls that the REST API asked for. */
  bridges: Set<Promise<void>>;
  /** Times real time, for those. */
  speed: number;
  running: Map<string, Running>;
  recordings: Map<string, Recording>;
  store: Store<TwilioState>;
  now: () => number;
  record: ((exchange: Exchange) => void) | undefined;
}
