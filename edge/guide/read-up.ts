import { type GuidanceUp, guidanceUp } from '../../shared/contracts/guidance.ts';

/** An honest frame has some hundred letters; a question to the call some thousand. */
const LETTERS_MAX = 16_384;
const BURST = 40;
const PER_SECOND = 20;

/** Why a screen's socket is closed: a code of the WebSocket standard, and the reason in few words. */
export interface Refusal {
  code: 1003 | 1007 | 1008 | 1009;
  reason: string;
}

/** One message of a screen's. `seq`: the newest frame that it can have seen. */
export function readUp(message: string | ArrayBuffer, seq: number): { up: GuidanceUp } | Refusal {
  if (typeof message !== 'string') return { code: 1003, reason: 'text frames only' };
  if (message.length > LETTERS_MAX) return { code: 1009, reason: 'frame too large' };
  const parsed = guidanceUp.safeParse(json(message));
  if (!parsed.success) return { code: 1007, reason: 'not a frame of ours' };
  if (parsed.data.type === 'resume' && (parsed.data.after < -1 || parsed.data.after > seq))
    return { code: 1008, reason: 'resume is ahead of the call' };
  return { up: parsed.data };
}

/** How fast one screen may speak. `take` answers whether one more message is within it. */
export function allowance() {
  let left = BURST;
  let at: number | undefined;
  return {
    take(now: number): boolean {
      left = Math.min(BURST, left + (Math.max(0, now - (at ?? now)) * PER_SECOND) / 1_000);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
