const PER_MS = 8;
const FRAME = 160;
/** Frames of several people arrive one after the other: so long they wait for each other. Who speaks alone waits for nobody. */
const HOLD = 60 * PER_MS;
/** A voice that was heard this lately may have something to say about the same moment. */
const TOGETHER = 1_000 * PER_MS;
/** A frame so near to where its voice was due is the next one: clocks are not that good. */
const JITTER = 40 * PER_MS;
/** What is held at most: a second. */
const WINDOW = 8_000;
const VOICES_MAX = 64;

/** 8 kHz, 16 bit. */
export interface Mixed {
  atMs: number;
  pcm: Int16Array;
}

/** Several people's audio as one track in time: added up where they speak at once. Holds a second at most; what comes later than that is lost. */
export interface Mixer {
  /** `atMs` may be any of one clock; what comes back is in order, and nothing is told where nobody was heard. */
  push(voice: string, atMs: number, pcm: Int16Array): Mixed[];
  /** What is held still. */
  rest(): Mixed[];
}

export function mixer(): Mixer {
  const sums = new Int32Array(WINDOW);
  const heard = new Uint8Array(WINDOW);
  const due = new Map<string, number>();
  /** In samples: everything before is given out. */
  let done: number | undefined;
  let newest = 0;

  function giveOut(until: number): Mixed[] {
    const out: Mixed[] = [];
    let at = done ?? until;
    while (at < until) {
      if (heard[slot(at)] === 0) {
        at += 1;
        continue;
      }
      let end = at;
      while (end < until && end - at < FRAME && heard[slot(end)] === 1) end += 1;
      const pcm = new Int16Array(end - at);
      for (let n = 0; n < pcm.length; n++) {
        const one = slot(at + n);
        pcm[n] = Math.max(-32_768, Math.min(32_767, sums[one] ?? 0));
        sums[one] = 0;
        heard[one] = 0;
      }
      out.push({ atMs: at / PER_MS, pcm });
      at = end;
    }
    done = Math.max(done ?? until, until);
    return out;
  }

  return {
    push(voice, atMs, pcm) {
      if (pcm.length === 0 || pcm.length > WINDOW / 2) return [];
      const said = Math.round(atMs * PER_MS);
      const next = due.get(voice);
      const at = next !== undefined && Math.abs(next - said) <= JITTER ? next : said;
      const end = at + pcm.length;
      due.delete(voice);
      for (const oldest of due.keys()) if (due.size >= VOICES_MAX) due.delete(oldest);
      due.set(voice, end);
      done ??= at;
      const out = end - done > WINDOW ? giveOut(end - WINDOW) : [];
      for (let n = Math.max(0, done - at); n < pcm.length; n++) {
        const one = slot(at + n);
        sums[one] = (sums[one] ?? 0) + (pcm[n] ?? 0);
        heard[one] = 1;
      }
      newest = Math.max(newest, end);
      const others = [...due].some(([name, until]) => name !== voice && newest - until < TOGETHER);
      return [...out, ...giveOut(others ? newest - HOLD : newest)];
    },
    rest: () => giveOut(newest),
  };
}

const slot = (at: number): number => ((at % WINDOW) + WINDOW) % WINDOW;
