import type { HeardFrame } from './worklet.ts';

/** Why a source gives nothing; each has a sentence of its own on the page. */
export type NoSound = 'refused' | 'none' | 'busy' | 'no-audio' | 'unsupported' | 'lost' | 'stopped' | 'broken';

export interface Source {
  deviceId: string | undefined;
  stop(): void;
}

export interface SourceTold {
  heard(frame: HeardFrame): void;
  ended(why: NoSound): void;
}

let context: Promise<AudioContext> | undefined;

/** One audio clock for both speakers. */
async function opened(): Promise<AudioContext> {
  context ??= (async () => {
    const fresh = new AudioContext({ latencyHint: 'interactive' });
    await fresh.audioWorklet.addModule('/listen/worklet.js');
    return fresh;
  })();
  const ready = await context;
  await ready.resume();
  return ready;
}

export async function openMicrophone(deviceId: string | undefined, told: SourceTold): Promise<Source | NoSound> {
  if (!navigator.mediaDevices?.getUserMedia) return 'unsupported';
  const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: deviceId ? { ...wanted, deviceId: { exact: deviceId } } : wanted });
    return await listen(stream, 'lost', told);
  } catch (error) {
    return whyOf(error);
  }
}

/** The meeting's tab. Browsers share sound only together with a picture; the picture goes nowhere. */
export async function openTab(told: SourceTold): Promise<Source | NoSound> {
  if (!navigator.mediaDevices?.getDisplayMedia) return 'unsupported';
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: 1 },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    if (stream.getAudioTracks().length > 0) return await listen(stream, 'stopped', told);
    for (const track of stream.getTracks()) track.stop();
    return 'no-audio';
  } catch (error) {
    return whyOf(error);
  }
}

export async function microphones(): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '');
}

async function listen(stream: MediaStream, whenEnded: NoSound, told: SourceTold): Promise<Source> {
  const clock = await opened();
  const from = clock.createMediaStreamSource(stream);
  const frames = new AudioWorkletNode(clock, 'frames', { channelCount: 1, channelCountMode: 'explicit' });
  frames.port.onmessage = ({ data }: MessageEvent<HeardFrame>) => told.heard(data);
  // What leads nowhere is not run; it says nothing there.
  from.connect(frames).connect(clock.destination);
  let isOpen = true;
  const stop = () => {
    isOpen = false;
    frames.port.onmessage = null;
    from.disconnect();
    frames.disconnect();
    for (const track of stream.getTracks()) track.stop();
  };
  for (const track of stream.getTracks())
    track.onended = () => {
      if (!isOpen) return;
      stop();
      told.ended(whenEnded);
    };
  return { deviceId: stream.getAudioTracks()[0]?.getSettings().deviceId, stop };
}

function whyOf(error: unknown): NoSound {
  switch (error instanceof DOMException ? error.name : '') {
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
