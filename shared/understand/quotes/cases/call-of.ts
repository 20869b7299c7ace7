import type { Role, Utterance } from '../../../contracts/transcript.ts';

/** A little call from one line: `R: … | C: …`, ten seconds a turn; `D` is a second voice on the customer's side. */
export const callOf = (line: string): Utterance[] =>
  line.split(' | ').map((turn, seq) => {
    const [role, speaker]: [Role, string] = turn.startsWith('R:') ? ['rep', 'Sam'] : ['customer', turn.startsWith('D:') ? 'Dev' : 'Maya'];
    return { seq, role, speaker, text: turn.slice(3), startMs: seq * 10_000, endMs: seq * 10_000 + 8_000, confidence: 1 };
  });
