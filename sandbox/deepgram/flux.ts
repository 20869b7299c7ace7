import type { Tick } from './ear.ts';
import { fresh, guess, type SentWord, seconds } from './words.ts';

export interface FluxSettings {
  eotThreshold: number;
  eagerEotThreshold?: number | undefined;
  eotTimeoutMs: number;
  keyterms: string[];
  languageHints: string[];
  isMultilingual: boolean;
}

type TurnEvent = 'StartOfTurn' | 'Update' | 'EagerEndOfTurn' | 'TurnResumed' | 'EndOfTurn';

const UPDATE_MS = 250;
const END_MS = 260;
const EAGER_MS = 120;
/** Words were lost on the way: the turn is over all the same once it stayed quiet for so long. */
const LOST_MS = 1_200;

/** Flux's turns: one message a quarter of a second, and one whenever the state of the turn changes. */
export function fluxTurns(requestId: string, settings: FluxSettings) {
  let sequence = 0;
  let turnIndex = 0;
  let turn: { words: SentWord[]; schedule: string; isEager: boolean } | undefined;
  let windowStartMs = 0;
  let nowMs = 0;
  let nextUpdateMs = UPDATE_MS;

  const numbered = (message: Record<string, unknown>) => ({ ...message, sequence_id: sequence++ });

  const info = (event: TurnEvent, confidence: number, trigger?: 'model' | 'manual' | 'timeout') => {
    const settled = event === 'EagerEndOfTurn' || event === 'EndOfTurn';
    const words = (turn?.words ?? []).map((word) => {
      const { text, confidence: sure } = guess(word, settled);
      return { word: text, confidence: sure, start: seconds(word.startMs), end: seconds(word.endMs) };
    });
    return numbered({
      type: 'TurnInfo',
      request_id: requestId,
      event,
      turn_index: turnIndex,
      audio_window_start: seconds(windowStartMs),
      audio_window_end: seconds(nowMs),
      transcript: words.map(({ word }) => word).join(' '),
      words,
      end_of_turn_confidence: confidence,
      ...(trigger ? { trigger } : {}),
      ...(settings.isMultilingual ? { languages: words.length > 0 ? ['en'] : [] } : {}),
      ...(settings.languageHints.length > 0 ? { languages_hinted: settings.languageHints } : {}),
    });
  };

  const end = (trigger: 'model' | 'manual' | 'timeout') => {
    const message = info('EndOfTurn', trigger === 'model' ? 0.83 : 0.4, trigger);
    turn = undefined;
    turnIndex += 1;
    windowStartMs = nowMs;
    return message;
  };

  /** What the state of the turn makes of this tick, before any regular update. */
  const change = (tick: Tick): object[] => {
    const out: object[] = [];
    for (const word of tick.words) {
      const schedule = `${word.side} ${word.turn}`;
      if (turn && turn.schedule !== schedule) out.push(end('model'));
      if (turn?.isEager) {
        turn.isEager = false;
        turn.words.push(fresh(word));
        out.push(info('TurnResumed', 0.05));
      } else if (turn) turn.words.push(fresh(word));
      else {
        turn = { words: [fresh(word)], schedule, isEager: false };
        out.push(info('StartOfTurn', 0.01));
      }
    }
    const last = turn?.words.at(-1);
    if (!turn || !last) return out;
    const quietMs = nowMs - last.endMs;
    const isModelOn = settings.eotThreshold < 1;
    if (quietMs >= settings.eotTimeoutMs) out.push(end('timeout'));
    else if (isModelOn && ((last.isLast && quietMs >= END_MS) || (!tick.inWord && quietMs >= LOST_MS))) out.push(end('model'));
    else if (settings.eagerEotThreshold !== undefined && last.isLast && quietMs >= EAGER_MS && !turn.isEager) {
      turn.isEager = true;
      out.push(info('EagerEndOfTurn', 0.5));
    }
    return out;
  };

  return {
    settings,
    numbered,
    connected: () => numbered({ type: 'Connected', request_id: requestId }),
    tick(tick: Tick): object[] {
      nowMs = tick.endMs;
      const changed = change(tick);
      if (nowMs < nextUpdateMs) return changed;
      nextUpdateMs = Math.floor(nowMs / UPDATE_MS) * UPDATE_MS + UPDATE_MS;
      return changed.length > 0 ? changed : [info('Update', 0.05)];
    },
    force: (): object[] => (turn ? [end('manual')] : []),
    /** Closing does not end a turn: the vendor's last word is an Update. */
    last: (): object[] => (turn ? [info('Update', 0.05)] : []),
  };
}
