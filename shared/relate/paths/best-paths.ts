/** From the member of the team to the target. */
export interface Path {
  score: number;
  persons: number[];
}

/** The best paths so far, one for each introducer, the one who stands next to the target; warmest first. */
export class BestPaths {
  readonly paths: Path[] = [];
  /** A path has to beat this to matter. */
  least: number;
  readonly #most: number;
  readonly #introducers: number[] = [];

  constructor(most: number, least: number) {
    this.#most = most;
    this.least = most > 0 ? least : Number.POSITIVE_INFINITY;
  }

  /** A search offers many more than it keeps: nothing is moved or made for a path that is not kept. */
  offer(introducer: number, score: number, persons: number[]): void {
    if (score <= this.least) return;
    const { paths } = this;
    let at = this.#introducers.indexOf(introducer);
    if (at >= 0 && score <= (paths[at]?.score ?? 0)) return;
    if (at < 0) at = Math.min(paths.length, this.#most - 1);
    for (let above = paths[at - 1]; above && above.score < score; above = paths[at - 1]) {
      paths[at] = above;
      this.#introducers[at] = this.#introducers[at - 1] ?? -1;
      at--;
    }
    paths[at] = { score, persons };
    this.#introducers[at] = introducer;
    if (paths.length === this.#most) this.least = Math.max(this.least, paths[this.#most - 1]?.score ?? 0);
  }
}
