import { WebSocket } from 'ws';
import { type Card, hubspotCard, requestId, salesforceCard, unwrap } from '../../sandbox/ask.ts';
import { cast } from '../../sandbox/cast.ts';
import { openMedia, type Ringing, ring } from '../../sandbox/replay/line.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { FRAME_BYTES, FRAME_MS } from '../../shared/capture/frames.ts';
import type { TicketView } from '../../shared/contracts/view.ts';

/** One running call of the bench: consented, its line open, nobody speaking yet. */
export interface RigCall {
  n: number;
  ringing: Ringing;
  card: Card;
  /** Sends the next frame of both tracks, and says how many milliseconds of the call that makes. */
  frame(): number;
  hangUp(): void;
}

/** Wall time with fractions of a millisecond; the same in this process and in a browser beside it. */
export const wallMs = (): number => performance.timeOrigin + performance.now();

/** Which call and track a piece of audio is of: every frame of the bench carries it, and nothing else. */
export const whoseAudio = (audio: Uint8Array): { n: number; track: 'inbound' | 'outbound' } => ({
  n: ((audio[0] ?? 0) & 0x3f) * 64 + ((audio[1] ?? 0) & 0x3f),
  track: (audio[2] ?? 0) & 1 ? 'inbound' : 'outbound',
});

/** Even calls are one tenant's, odd ones another's, unless one is named. */
export async function startCall(
  sandbox: Sandbox,
  n: number,
  host: 'hubspot' | 'salesforce' = n % 2 === 0 ? 'hubspot' : 'salesforce',
): Promise<RigCall> {
  const card = host === 'hubspot' ? hubspotCard(sandbox) : salesforceCard(sandbox);
  const account = cast.twilio[host];
  const ringing = await ring(sandbox.publicUrl, account, cast.customer.phone, card);
  const socket = await openMedia(ringing, account);
  const payloads = { inbound: payload(n, 1), outbound: payload(n, 0) };
  const say = (message: object) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message));
  const { callSid } = ringing;
  const { accountSid } = account;
  say({ event: 'connected', protocol: 'Call', version: '1.0.0' });
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
  const start = { accountSid, callSid, streamSid: 'MZ1', tracks: ['inbound', 'outbound'], mediaFormat };
  say({ event: 'start', sequenceNumber: '1', streamSid: 'MZ1', start: { ...start, customParameters: ringing.stream.parameters } });
  let sent = 0;
  return {
    n,
    ringing,
    card,
    frame() {
      for (const track of ['inbound', 'outbound'] as const) {
        const media = { track, chunk: String(sent + 1), timestamp: String(sent * FRAME_MS), payload: payloads[track] };
        say({ event: 'media', sequenceNumber: String(sent + 2), streamSid: 'MZ1', media });
      }
      sent += 1;
      return sent * FRAME_MS;
    },
    hangUp() {
      say({ event: 'stop', sequenceNumber: String(sent + 2), streamSid: 'MZ1', stop: { accountSid, callSid } });
      socket.close(1000);
    },
  };
}

const ticketOf = async ({ card, ringing }: RigCall): Promise<TicketView> =>
  unwrap(await card.post(`/v1/calls/${ringing.callId}/ticket`, { requestId: requestId() }));

/** A rep's screen of a call: told each frame's text as it comes. Open once it was greeted. */
export async function openScreen(call: RigCall, hear: (text: string) => void): Promise<WebSocket> {
  const { url, token } = await ticketOf(call);
  const socket = new WebSocket(url, ['ros.v1', `token.${token}`]);
  await new Promise<void>((done, fail) => {
    socket.on('message', (data: Buffer) => {
      hear(data.toString('utf8'));
      done();
    });
    socket.on('error', fail);
  });
  return socket;
}

/** Every byte the same but the first three: loud, and nothing that people say. */
function payload(n: number, track: 0 | 1): string {
  const piece = [0x40 | (n >> 6), 0x40 | (n & 0x3f), 0x40 | track, 0x21];
  return Buffer.from(Array.from({ length: FRAME_BYTES }, (_, at) => piece[at % 4] ?? 0)).toString('base64');
}
