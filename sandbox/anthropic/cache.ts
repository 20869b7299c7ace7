/** What the vendor keeps of marked beginnings. It forgets nothing for as long as the twin lives: tests do not wait five minutes. */
export interface PromptCache {
  /** `marks` are marked beginnings, shortest first. Answers how much of them was here and how much is new, in letters. */
  take(marks: readonly string[]): { readChars: number; writtenChars: number };
}

/** Shorter beginnings are taken and quietly not kept: 512 tokens of about four letters. */
const CHARS_MIN = 2_048;
const KEPT_MAX = 500;

export function promptCache(): PromptCache {
  const kept = new Set<string>();
  return {
    take(marks) {
      const long = marks.filter((mark) => mark.length >= CHARS_MIN);
      const readChars = long.findLast((mark) => kept.has(mark))?.length ?? 0;
      for (const mark of long) kept.add(mark);
      for (const oldest of kept) {
        if (kept.size <= KEPT_MAX) break;
        kept.delete(oldest);
      }
      return { readChars, writtenChars: Math.max(0, (long.at(-1)?.length ?? 0) - readChars) };
    },
  };
}
