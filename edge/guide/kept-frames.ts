/** Half a minute of a lively call, and a bound for one that is livelier. */
const FRAMES_MAX = 256;
const LETTERS_MAX = 262_144;

/** The last frames that screens were told, for one that was away for a moment. Gone with the object: a screen then gets all anew. */
export class KeptFrames {
  #frames: { seq: number; text: string }[] = [];
  #letters = 0;

  keep(seq: number, text: string): void {
    this.#frames.push({ seq, text });
    this.#letters += text.length;
    while (this.#frames.length > FRAMES_MAX || this.#letters > LETTERS_MAX) this.#letters -= this.#frames.shift()?.text.length ?? 0;
  }

  /** Everything after `seq` up to `now`, in order; undefined when some of it is missing. */
  after(seq: number, now: number): string[] | undefined {
    const missed = this.#frames.filter((frame) => frame.seq > seq);
    const isWhole = missed.length === now - seq && missed.every((frame, at) => frame.seq === seq + 1 + at);
    return isWhole ? missed.map(({ text }) => text) : undefined;
  }

  clear(): void {
    this.#frames = [];
    this.#letters = 0;
  }
}
