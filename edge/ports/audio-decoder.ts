/** Compressed audio to what the telephone sends. */
export interface AudioDecoder {
  /** One speaker's recording, from its beginning. Nothing has to be closed. */
  begin(): PacketDecoder;
}

export interface PacketDecoder {
  /** One packet, in order: 8 kHz mono, 16-bit, as long as the packet says it is. Null when the packet is damaged; the next one may come. */
  decode(packet: Uint8Array): Int16Array | null;
}
