/** Why there is no sound; each has a sentence of its own. `forbidden` is the org's own rule, `refused` the person's or the browser's. */
export type NoSound = 'forbidden' | 'refused' | 'none' | 'busy' | 'unsupported' | 'lost' | 'broken';

export interface MicrophoneEars {
  /** A piece of the recording. `beganAtMs` is by the page's clock and the same for all of one recording. */
  piece(piece: { bytes: Uint8Array; isBeginning: boolean; beganAtMs: number }): void;
  /** 0..1, ten times a second. */
  level(level: number): void;
  ended(why: NoSound): void;
}

const TYPE = 'audio/webm;codecs=opus';
const SLICE_MS = 250;
/** Speech needs no more; a recorder's default is four times as much. */
const BITS_PER_SECOND = 32_000;
const LEVEL_MS = 100;
/** A recorder that was quiet for so long has slept with its computer: its times no longer say when something was spoken. */
const SLEPT_MS = 5_000;

interface Run {
  recorder: MediaRecorder;
  /** False once nothing of it is wanted any more. */
  isHeard: boolean;
}

/** One open microphone. It shows its level at once, and records only between `record` and `pause`. */
export class Microphone {
  readonly deviceId: string | undefined;
  private stream: MediaStream;
  private ears: MicrophoneEars;
  private recorder: Run | null = null;
  /** The pieces' bytes are read one after the other: they must not overtake each other. */
  private reading: Promise<void> = Promise.resolve();
  private metering: ReturnType<typeof setInterval> | undefined;
  private context: AudioContext | null = null;

  private constructor(stream: MediaStream, ears: MicrophoneEars) {
    this.stream = stream;
    this.ears = ears;
    const [track] = stream.getAudioTracks();
    this.deviceId = track?.getSettings().deviceId;
    if (track)
      track.onended = () => {
        this.close();
        ears.ended('lost');
      };
    this.meter();
  }

  static async open(deviceId: string | undefined, ears: MicrophoneEars): Promise<Microphone | NoSound> {
    if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined' || !MediaRecorder.isTypeSupported(TYPE))
      return 'unsupported';
    if (isForbidden()) return 'forbidden';
    const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    try {
      const audio = deviceId ? { ...wanted, deviceId: { exact: deviceId } } : wanted;
      return new Microphone(await navigator.mediaDevices.getUserMedia({ audio }), ears);
    } catch (error) {
      return whyOf(error);
    }
  }

  /** A new recording, with a head of its own: what came before need not have arrived. The one under way says its last. */
  record(): void {
    if (this.recorder?.recorder.state === 'recording') this.recorder.recorder.stop();
    const recorder = new MediaRecorder(this.stream, { mimeType: TYPE, audioBitsPerSecond: BITS_PER_SECOND });
    const run: Run = { recorder, isHeard: true };
    this.recorder = run;
    const beganAtMs = performance.now();
    let isBeginning = true;
    let heardAtMs = beganAtMs;
    recorder.ondataavailable = ({ data }: BlobEvent) => {
      if (!run.isHeard || data.size === 0) return;
      if (this.recorder === run && performance.now() - heardAtMs > SLEPT_MS) {
        run.isHeard = false;
        this.record();
        return;
      }
      heardAtMs = performance.now();
      this.reading = this.reading.then(async () => {
        const bytes = new Uint8Array(await data.arrayBuffer());
        if (!run.isHeard) return;
        this.ears.piece({ bytes, isBeginning, beganAtMs });
        isBeginning = false;
      });
    };
    recorder.onerror = () => {
      if (!run.isHeard) return;
      this.close();
      this.ears.ended('broken');
    };
    recorder.start(SLICE_MS);
  }

  get isRecording(): boolean {
    return this.recorder !== null;
  }

  /** What was recorded and not handed over is gone. */
  pause(): void {
    const run = this.recorder;
    this.recorder = null;
    if (!run) return;
    run.isHeard = false;
    if (run.recorder.state !== 'inactive') run.recorder.stop();
  }

  /** Resolves when the last piece was handed over. */
  async finish(): Promise<void> {
    const recorder = this.recorder?.recorder;
    if (recorder && recorder.state !== 'inactive') {
      const stopped = new Promise<void>((done) => {
        recorder.onstop = () => done();
      });
      recorder.stop();
      await stopped;
    }
    await this.reading;
    this.close();
  }

  close(): void {
    this.pause();
    clearInterval(this.metering);
    void this.context?.close();
    this.context = null;
    for (const track of this.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
  }

  /** Where the browser lets us: a recording needs no meter. */
  private meter(): void {
    try {
      const context = new AudioContext();
      this.context = context;
      const analyser = context.createAnalyser();
      analyser.fftSize = 2048;
      context.createMediaStreamSource(this.stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      this.metering = setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
        // Quiet speech is at a hundredth of full scale: by the logarithm it is seen.
        this.ears.level(Math.max(0, 1 + Math.log10(Math.max(Math.sqrt(power), 1e-3)) / 3));
      }, LEVEL_MS);
    } catch {
      this.context = null;
    }
  }
}

/** The microphones a person may choose from. Their names are known once one is open. */
export async function microphones(): Promise<{ value: string; label: string }[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }, n) => ({ value: deviceId, label: label || String(n + 1) }));
}

/** The org's Permissions-Policy; a browser that cannot be asked says it when it is tried. */
function isForbidden(): boolean {
  const policy: unknown = 'featurePolicy' in document ? document.featurePolicy : undefined;
  if (typeof policy !== 'object' || policy === null || !('allowsFeature' in policy) || typeof policy.allowsFeature !== 'function')
    return false;
  return policy.allowsFeature('microphone') === false;
}

function whyOf(error: unknown): NoSound {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    case 'NotSupportedError':
      return 'unsupported';
    default:
      return 'broken';
  }
}
