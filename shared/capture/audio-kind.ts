/** What kind of recording these bytes begin with, by their magic; undefined for anything that is not audio or video. */
export function audioKind(bytes: Uint8Array): string | undefined {
  const at = (from: number, text: string): boolean => [...text].every((letter, nth) => bytes[from + nth] === letter.charCodeAt(0));
  if (at(0, 'RIFF') && at(8, 'WAVE')) return 'WAV';
  if (at(0, 'ID3')) return 'MP3';
  if (at(4, 'ftyp')) return 'MP4 or M4A';
  if (at(0, 'OggS')) return 'Ogg';
  if (at(0, 'fLaC')) return 'FLAC';
  if (at(0, 'FORM') && (at(8, 'AIFF') || at(8, 'AIFC'))) return 'AIFF';
  if (at(0, '#!AMR')) return 'AMR';
  if (at(0, '.snd')) return 'AU';
  if (at(0, '\u001aE\u00df\u00a3')) return 'WebM';
  // MPEG audio without a tag: eleven set bits, then a real layer and bit rate. FF FE is UTF-16's mark, which has neither.
  const [first, second, third] = bytes;
  if (
    first === 0xff &&
    second !== undefined &&
    third !== undefined &&
    (second & 0xe0) === 0xe0 &&
    (second & 0x06) !== 0 &&
    (second & 0x18) !== 0x08 &&
    second !== 0xfe &&
    third >> 4 !== 15
  )
    return 'MP3';
  return undefined;
}
