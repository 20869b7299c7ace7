/**
 * When a card was painted, by our clock. A screen's clock may be wrong: its word counts while it lies between our sending the card and
 * our hearing of it; otherwise the moment we heard of it does, which flatters nobody.
 */
export const paintedAt = ({ saidMs, sentMs, heardMs }: { saidMs: number; sentMs: number; heardMs: number }): number =>
  saidMs >= sentMs && saidMs <= heardMs ? saidMs : heardMs;
