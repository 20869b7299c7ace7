import type { Moment } from '../../contracts/playbook.ts';
import type { Word } from '../../contracts/transcript.ts';
import type { Session } from '../session.ts';
import { holds } from './check-record.ts';
import { interruptionsNow, monologueMs, paceNow } from './floor.ts';
import type { MomentState } from './state.ts';

const TALK_SHARE_FROM_MS = 300_000;

/** Whether a moment that time or the record brings is due, with what was measured; and when time alone would bring it. */
export interface Due {
  isDue: boolean;
  /** "2 min 10 s", where there is something to say. */
  measured?: string;
  wakeAtMs: number | null;
}

/** `running`: the words of the rep's turn that is not finished. */
export function dueNow({ id, rule }: Moment, session: Session, state: MomentState, running: readonly Word[]): Due {
  const { nowMs } = session;
  switch (rule.is) {
    case 'elapsed':
      return at(rule.afterSeconds * 1_000, nowMs);
    case 'not-said': {
      if (state.said.includes(id)) return never;
      if (rule.bySeconds !== undefined) return at(rule.bySeconds * 1_000, nowMs);
      return when(state.ticks.some(({ stage }) => stage === rule.byStage));
    }
    case 'silence': {
      const lastMs = Math.max(session.heardToMs.rep, session.heardToMs.customer, session.heardToMs.other);
      return lastMs === 0 ? never : { ...at(lastMs + rule.overSeconds * 1_000, nowMs), measured: inWords(nowMs - lastMs) };
    }
    case 'monologue': {
      const spokenMs = monologueMs(state, nowMs);
      return when(spokenMs >= rule.overSeconds * 1_000, inWords(spokenMs));
    }
    case 'pace': {
      const pace = paceNow(state, running);
      return when(pace !== null && pace > rule.overWordsPerMinute, `${pace} words a minute`);
    }
    case 'interruptions': {
      const times = interruptionsNow(state, nowMs);
      return when(times >= rule.over, `${times} in five minutes`);
    }
    case 'talk-share': {
      const { rep, customer, other } = session.speechMs;
      const all = rep + customer + other;
      if (nowMs < TALK_SHARE_FROM_MS || all === 0) return never;
      const percent = Math.round((rep / all) * 100);
      return when(percent < rule.lowPercent || percent > rule.highPercent, `you spoke ${percent} %`);
    }
    case 'record':
      return when(holds(rule.where, state.record));
    default:
      return never;
  }
}

const never: Due = { isDue: false, wakeAtMs: null };
const when = (isDue: boolean, measured?: string): Due => ({ isDue, wakeAtMs: null, ...(measured === undefined ? {} : { measured }) });
const at = (dueMs: number, nowMs: number): Due => (nowMs >= dueMs ? { isDue: true, wakeAtMs: null } : { isDue: false, wakeAtMs: dueMs });

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
