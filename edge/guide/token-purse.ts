/** The tenant's month of the language model. */
export interface TokenBudget {
  /** Takes this many tokens; false when they are not there, and then nothing is taken. */
  take(tokens: number): Promise<boolean>;
  give(tokens: number): Promise<void>;
}

/** Half a cent: enough for some questions, little enough to lose with an eviction. */
const CHUNK = 2_000;

/** What a call holds ahead of its tenant's month, so that no question waits for the database. */
export class TokenPurse {
  readonly #budget: TokenBudget;
  #held = 0;

  constructor(budget: TokenBudget) {
    this.#budget = budget;
  }

  /** False when neither here nor in the month is so much left; or while nobody can be asked. */
  async take(tokens: number): Promise<boolean> {
    if (this.#held < tokens && !(await this.#fill(tokens - this.#held))) return false;
    this.#held -= tokens;
    return true;
  }

  /** Puts back what was not used; below 0 it was more. */
  give(tokens: number): void {
    this.#held += tokens;
  }

  async close(): Promise<void> {
    const rest = this.#held;
    this.#held = 0;
    if (rest !== 0) await this.#budget.give(rest);
  }

  async #fill(least: number): Promise<boolean> {
    try {
      for (const tokens of [least + CHUNK, least]) {
        if (!(await this.#budget.take(tokens))) continue;
        this.#held += tokens;
        return true;
      }
    } catch {
      // Not knowing is no yes: without an answer nothing is spent.
    }
    return false;
  }
}
