import { smoothVoices, type VoicedWord } from '../../../shared/capture/smooth-voices.ts';
import { type LiveHeard, novaResults } from './map.ts';

/** Understands one live session on a track with several voices. Messages go in, in order; one may hold the end of a turn and the next one. */
export interface MixedReader {
  read(message: string): LiveHeard[];
  /** When the session closes: the turn that was still open. */
  last(): LiveHeard[];
}

/** Turns by voice: one ends where another voice begins or the vendor hears an end. Only settled words may change whose turn it is. */
export function mixedReader(): MixedReader {
  let turn = 0;
  let open: VoicedWord[] = [];
  let loose: VoicedWord[] = [];
  let heardToMs = 0;

  const say = (words: readonly VoicedWord[], final: boolean): LiveHeard => ({
    type: 'turn',
    turn: final ? turn++ : turn,
    voice: words[0]?.voice ?? 0,
    text: words.map(({ text }) => text).join(' '),
    words: words.map(({ voice: _, ...word }) => word),
    final,
    heardToMs,
  });
  const finish = (): LiveHeard[] => {
    const runs = runsOf(smoothVoices([...open, ...loose]));
    open = [];
    loose = [];
    return runs.map((run) => say(run, true));
  };

  return {
    read(message) {
      const said = novaResults(message);
      if (said.type === 'ignored' || said.type === 'fault') return [said];
      if (said.type === 'end') {
        const done = loose.length === 0 ? finish() : [];
        return done.length > 0 ? done : [{ type: 'alive', heardToMs }];
      }
      heardToMs = said.heardToMs;
      const words = said.words.map(({ voice, ...word }) => ({ ...word, voice: voice ?? open.at(-1)?.voice ?? 0 }));
      if (!said.isFinal) {
        loose = words;
        const first = runsOf([...open, ...loose])[0];
        return first ? [say(first, false)] : [{ type: 'alive', heardToMs }];
      }
      open = [...open, ...words];
      loose = [];
      if (said.isEnd) {
        const done = finish();
        return done.length > 0 ? done : [{ type: 'alive', heardToMs }];
      }
      const runs = runsOf(smoothVoices(open));
      open = runs.at(-1) ?? [];
      const done = runs.slice(0, -1).map((run) => say(run, true));
      return open.length > 0 ? [...done, say(open, false)] : [...done, { type: 'alive', heardToMs }];
    },
    last: finish,
  };
}

function runsOf(words: readonly VoicedWord[]): VoicedWord[][] {
  const runs: VoicedWord[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    if (run?.[0]?.voice === word.voice) run.push(word);
    else runs.push([word]);
  }
  return runs;
}
