type WordsFrom = { from: 'transcript' | 'tracks' | 'audio' | 'nowhere' } | { from: 'later'; inMs: number };

/** A platform takes about as long for the transcript as the meeting took, and at least this. */
const PATIENCE_MIN_MS = 20 * 60_000;
const PATIENCE_MAX_MS = 3 * 3_600_000;
/** After a day nothing more comes. */
const LAST_MS = 24 * 3_600_000;
const LOOK_AGAIN_MS = 10 * 60_000;
/** A town hall is heard in one piece. */
const TRACKS_MAX = 12;

/**
 * Where a meeting's words are taken from: each voice alone is the surest, then the platform's own transcript, which has names. One recording
 * of everybody is heard only when no transcript came; without a key to hear with, nothing but a transcript helps.
 */
export function wordsFrom(
  meeting: { hasTranscript: boolean; tracks: number; hasAudio: boolean; durationMs: number },
  { canHear, ageMs }: { canHear: boolean; ageMs: number },
): WordsFrom {
  if (canHear && meeting.tracks > 1 && meeting.tracks <= TRACKS_MAX) return { from: 'tracks' };
  if (meeting.hasTranscript) return { from: 'transcript' };
  const canHearAll = canHear && meeting.hasAudio;
  const patienceMs = canHearAll ? Math.min(PATIENCE_MAX_MS, Math.max(PATIENCE_MIN_MS, 2 * meeting.durationMs)) : LAST_MS;
  if (ageMs < patienceMs) return { from: 'later', inMs: Math.min(LOOK_AGAIN_MS, patienceMs - ageMs) };
  return { from: canHearAll ? 'audio' : 'nowhere' };
}
