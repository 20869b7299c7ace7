/** A card that came on a polled screen. */
export interface Painted {
  cardId: string;
  agoMs: number;
}

/** Polls are seconds apart at most; a tab that slept tells of nothing that helps. */
const AGO_MAX_MS = 60_000;
const ID_MAX = 80;

/** What a poll says of the card it painted last; undefined when it says nothing, or nothing that can be. */
export function paintedOf({ painted, paintedAgoMs }: Record<string, string | undefined>): Painted | undefined {
  const agoMs = Number(paintedAgoMs || Number.NaN);
  if (!painted || painted.length > ID_MAX || !(agoMs >= 0 && agoMs <= AGO_MAX_MS)) return undefined;
  return { cardId: painted, agoMs };
}
