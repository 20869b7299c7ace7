/** With a rule's hit a head may be in doubt; it only must not think the rule wrong. */
const WITH_RULE = 0.1;
/** What no rule has seen is claimed only when it is a good deal likelier than not: a false alarm costs more than a miss. */
const ALONE = 0.7;

/** From which chance on a head is believed, `threshold` being its own; `hasRule` is undefined where rules say nothing of the matter. */
export function chanceNeeded(threshold: number, hasRule?: boolean): number {
  if (hasRule === undefined) return threshold;
  return hasRule ? Math.min(WITH_RULE, threshold) : Math.max(ALONE, threshold);
}
