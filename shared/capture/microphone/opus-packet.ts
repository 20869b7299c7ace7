const SILK_MS = [10, 20, 40, 60];
const HYBRID_MS = [10, 20];
const CELT_MS = [2.5, 5, 10, 20];
const PACKET_MAX_MS = 120;

/** How long a packet sounds, ms, from its first bytes; null when it is no Opus packet. Source: RFC 6716, section 3.1. */
export function packetMs(packet: Uint8Array): number | null {
  const [head, second = 0] = packet;
  if (head === undefined) return null;
  const config = head >> 3;
  const frameMs = (config < 12 ? SILK_MS[config % 4] : config < 16 ? HYBRID_MS[config % 2] : CELT_MS[config % 4]) ?? 0;
  const code = head & 3;
  if (code === 3 && packet.length < 2) return null;
  const frames = code === 0 ? 1 : code === 3 ? second & 0x3f : 2;
  const ms = frames * frameMs;
  return frames > 0 && ms <= PACKET_MAX_MS ? ms : null;
}
