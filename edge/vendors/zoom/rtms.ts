import { orderFinder, samplesOf } from '../../../shared/capture/byte-order.ts';
import { type Downsampler, downsampler } from '../../../shared/capture/downsample.ts';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { DialledLine, DialledSaid, LineStream, OpenLine } from '../../ports/dialled-line.ts';
import { openSocket, type RtmsGuard, type RtmsSocket } from './rtms-socket.ts';
import { audioAt, dislikesAudio, faultOf, type Hz, type RtmsSaid, SAYS } from './rtms-wire.ts';

export interface RtmsAccess {
  clientId: string;
  clientSecret: string;
}

/** As long as Zoom waits for a media socket that was cut, less the time that a try takes. */
const MEDIA_AWAY_MS = 25_000;
const MEDIA_AGAIN_MS = [200, 1_000, 2_000, 4_000];
const SUBSCRIBED = [2, 3, 4, 7];
const VOICES_MAX = 500;

/**
 * A meeting's audio, each person apart, over Zoom's two sockets: the one tells who comes and goes, the other carries sound. When the second
 * one breaks it is opened again here; with the first one the whole line is broken. developers.zoom.us/docs/rtms/meetings/work-with-streams
 */
export function zoomRtms(access: RtmsAccess, guard: RtmsGuard): DialledLine {
  return {
    async open(stream, hear) {
      const hello = await helloOf(access, stream);
      const line = new Line(guard, hello, hear);
      const opened = await line.open(stream.address);
      if (opened.ok) return opened;
      line.close();
      return opened;
    },
  };
}

type Hello = Awaited<ReturnType<typeof helloOf>>;

async function helloOf({ clientId, clientSecret }: RtmsAccess, { meetingId, streamId }: LineStream) {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', text.encode(clientSecret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const tag = new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(`${clientId},${meetingId},${streamId}`)));
  const signature = Array.from(tag, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { protocol_version: 1, sequence: 0, meeting_uuid: meetingId, rtms_stream_id: streamId, signature };
}

class Line implements OpenLine {
  readonly #guard: RtmsGuard;
  readonly #hello: Hello;
  readonly #hear: (said: DialledSaid) => void;
  readonly #order = orderFinder();
  readonly #voices = new Map<string, { lastMs: number; down: Downsampler | null }>();
  #signalling: RtmsSocket | undefined;
  #media: RtmsSocket | undefined;
  #mediaAddress = '';
  /** What the telephone has anyway, unless Zoom does not give it. */
  #hz: Hz = 8_000;
  #isOver = false;
  #isReopening = false;
  #isMediaUp = false;
  #isOpen = false;

  constructor(guard: RtmsGuard, hello: Hello, hear: (said: DialledSaid) => void) {
    this.#guard = guard;
    this.#hello = hello;
    this.#hear = hear;
  }

  async open(address: string): Promise<Result<OpenLine>> {
    const signalling = await openSocket(
      this.#guard,
      address,
      (said) => this.#hearSignalling(said),
      () => this.#broke('Zoom’s signalling broke.'),
    );
    if (!signalling.ok) return signalling;
    this.#signalling = signalling.value;
    const answer = await signalling.value.ask({ msg_type: SAYS.hello, ...this.#hello });
    if (!answer.ok) return answer;
    if (answer.value.status !== 0) return failed(faultOf(answer.value.status));
    this.#mediaAddress = answer.value.mediaAddress ?? '';
    signalling.value.send({ msg_type: SAYS.subscribe, events: SUBSCRIBED.map((type) => ({ event_type: type, subscribe: true })) });
    const media = await this.#openMedia();
    if (!media.ok) return media;
    if (this.#isOver) return failed({ kind: 'broken', said: 'Zoom’s stream ended while it was opened.' });
    this.#isOpen = true;
    return ok(this);
  }

  close(): void {
    this.#isOver = true;
    this.#signalling?.close();
    this.#media?.close();
  }

  async #openMedia(): Promise<Result<true>> {
    const asked = await this.#askMedia();
    if (!asked.ok || asked.value === 0) return asked.ok ? ok(true) : asked;
    if (this.#hz === 8_000 && dislikesAudio(asked.value)) {
      this.#hz = 16_000;
      const again = await this.#askMedia();
      if (!again.ok || again.value === 0) return again.ok ? ok(true) : again;
      return failed(faultOf(again.value));
    }
    return failed(faultOf(asked.value));
  }

  /** One media socket; its status as Zoom answered. */
  async #askMedia(): Promise<Result<number>> {
    const opened = await openSocket(
      this.#guard,
      this.#mediaAddress,
      (said) => this.#hearMedia(said),
      () => void this.#reopenMedia(),
    );
    if (!opened.ok) return opened;
    const media = opened.value;
    const params = audioAt(this.#hz);
    const answer = await media.ask({
      msg_type: SAYS.mediaHello,
      ...this.#hello,
      media_type: 1,
      payload_encryption: false,
      media_params: params,
    });
    if (!answer.ok || answer.value.status !== 0 || answer.value.isMixed || this.#isOver) {
      media.close();
      // Everybody in one track would have no sides.
      if (answer.ok && answer.value.isMixed) return failed({ kind: 'refused', said: 'Zoom gives no audio of each person alone.' });
      return answer.ok ? ok(answer.value.status) : answer;
    }
    const hz = answer.value.hz ?? this.#hz;
    if (hz !== this.#hz) this.#voices.clear();
    this.#hz = hz;
    this.#media = media;
    this.#isMediaUp = true;
    this.#signalling?.send({ msg_type: SAYS.ready, rtms_stream_id: this.#hello.rtms_stream_id });
    return ok(0);
  }

  /** Zoom does not come back by itself. */
  async #reopenMedia(): Promise<void> {
    if (this.#isOver || this.#isReopening || !this.#media) return;
    this.#isReopening = true;
    this.#isMediaUp = false;
    this.#media.close();
    const untilMs = Date.now() + MEDIA_AWAY_MS;
    for (let tried = 0; !this.#isOver && Date.now() < untilMs; tried++) {
      await new Promise((done) => setTimeout(done, MEDIA_AGAIN_MS[Math.min(tried, MEDIA_AGAIN_MS.length - 1)]));
      const opened = this.#isOver ? undefined : await this.#openMedia();
      if (opened?.ok || (opened && opened.fault.kind === 'refused')) break;
    }
    this.#isReopening = false;
    if (!this.#isOver && !this.#isMediaUp) this.#broke('Zoom’s audio broke and did not come back.');
  }

  #hearSignalling(said: RtmsSaid): void {
    if (this.#isOver) return;
    if (said.is === 'came') for (const { who, name } of said.people) this.#hear({ type: 'came', who, name });
    if (said.is === 'went') {
      for (const { who } of said.people) {
        this.#voices.delete(who);
        this.#hear({ type: 'went', who });
      }
    }
    if (said.is === 'ping') this.#hear({ type: 'alive' });
    if (said.is === 'media-cut') void this.#reopenMedia();
    if (said.is === 'over') {
      this.close();
      this.#hear({ type: 'over', isRevoked: said.isRevoked });
    }
    if (said.is === 'trouble') this.#broke('Zoom ended the stream, with trouble of its own.');
  }

  #hearMedia(said: RtmsSaid): void {
    if (this.#isOver) return;
    if (said.is === 'ping') this.#hear({ type: 'alive' });
    if (said.is !== 'audio') return;
    const { who, name, atMs } = said;
    const voice = this.#voiceOf(who);
    // Told twice, or out of order.
    if (!voice || atMs <= voice.lastMs) return;
    voice.lastMs = atMs;
    const samples = samplesOf(said.bytes, this.#order.hear(said.bytes));
    const pcm = voice.down ? voice.down.push(Float32Array.from(samples, (sample) => sample / 32_768)) : samples;
    if (pcm.length > 0) this.#hear({ type: 'voice', who, name, atMs, pcm });
  }

  #voiceOf(who: string): { lastMs: number; down: Downsampler | null } | undefined {
    const known = this.#voices.get(who);
    if (known || this.#voices.size >= VOICES_MAX) return known;
    const voice = { lastMs: 0, down: this.#hz === 8_000 ? null : downsampler(this.#hz, 8_000) };
    this.#voices.set(who, voice);
    return voice;
  }

  #broke(said: string): void {
    if (this.#isOver) return;
    this.close();
    // Whoever opens it is told in the answer.
    if (this.#isOpen) this.#hear({ type: 'broke', said });
  }
}
