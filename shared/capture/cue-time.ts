/** "01:02:03.456", "02:03,456", "2:03" in ms; NaN for nonsense. */
export function clockMs(text: string): number {
  const hit = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!hit || Number(hit[3]) > 59) return Number.NaN;
  return ((Number(hit[1] ?? 0) * 60 + Number(hit[2])) * 60 + Number(hit[3])) * 1000 + Number((hit[4] ?? '').padEnd(3, '0') || 0);
}

/** "Sam Okafor: Hi" in its two parts. Undefined when what stands before the colon is no name. */
export function speakerOf(line: string): { speaker: string; text: string } | undefined {
  const hit = /^\s*(?:[-\u2013>*]\s*)?(?:\*\*)?([\p{L}\d][\p{L}\p{N}.,'\u2019&()/ _-]{0,58}?)(?:\*\*)?\s*:(?:\*\*)?(?:\s+|$)(.*)$/su.exec(
    line,
  );
  if (!hit?.[1] || (hit[1].match(/\S+/g)?.length ?? 0) > 5) return undefined;
  return { speaker: hit[1].trim(), text: (hit[2] ?? '').trim() };
}
