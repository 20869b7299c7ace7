/** A marked beginning, and the ends of the blocks before it, nearest first. */
export interface Mark {
  text: string;
  behind: readonly string[];
  isHour: boolean;
}

/** What the vendor keeps of marked beginnings. It forgets nothing for as long as the twin lives: tests do not wait five minutes. */
export interface PromptCache {
  /** `marks` are marked beginnings, shortest first. Answers how much of them was here, how much is new, and how much of that for an hour, in letters. */
  take(marks: readonly Mark[]): { readChars: number; writtenChars: number; hourChars: number };
}

/** Shorter beginnings are taken and quietly not kept: 512 tokens of about four letters. */
const CHARS_MIN = 2_048;
const KEPT_MAX = 500;
/** From a mark it looks so many blocks back for what is kept. */
export const LOOK_BACK = 20;

export function promptCache(): PromptCache {
  const kept = new Set<string>();
  return {
    take(marks) {
      const long = marks.filter(({ text }) => text.length >= CHARS_MIN);
      const found = long.flatMap(({ text, behind }) => [text, ...behind]).filter((text) => kept.has(text));
      const readChars = Math.max(0, ...found.map((text) => text.length));
      for (const { text } of long) kept.add(text);
      for (const oldest of kept) {
        if (kept.size <= KEPT_MAX) break;
        kept.delete(oldest);
      }
      const written = (of: readonly Mark[]) => Math.max(0, (of.at(-1)?.text.length ?? 0) - readChars);
      return { readChars, writtenChars: written(long), hourChars: written(long.filter(({ isHour }) => isHour)) };
    },
  };
}
