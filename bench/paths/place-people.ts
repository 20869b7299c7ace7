import { bell } from './bell.ts';

export interface People {
  persons: number;
  /** Person → company; companies lie one after the other, the team first. */
  companies: Int32Array;
  /** Company → its first person, and one entry more. */
  starts: number[];
  /** Company → industry. */
  industries: Int32Array;
  /** Draws somebody out of everybody, or out of one industry: whoever has many links is drawn often. */
  drawAny(): number;
  drawIn(industry: number): number;
}

/** Puts people into companies and companies into industries. */
export function placePeople(persons: number, members: number, accountSize: number, roll: () => number): People {
  const companies = new Int32Array(persons);
  const starts: number[] = [];
  let placed = 0;
  const found = (size: number) => {
    starts.push(placed);
    for (let at = 0; at < size && placed < persons; at++) companies[placed++] = starts.length - 1;
  };
  found(members);
  for (let at = 0; at < 40; at++) found(accountSize);
  while (placed < persons) found(Math.max(3, Math.min(2_000, Math.round(Math.exp(2.7 + 1.2 * bell(roll))))));
  const industryCount = Math.max(8, Math.round(starts.length / 60));
  const industries = Int32Array.from(starts, () => Math.floor(roll() * industryCount));
  starts.push(persons);
  const byIndustry = Array.from({ length: industryCount }, (): number[] => []);
  for (let person = 0; person < persons; person++) byIndustry[industries[companies[person] ?? 0] ?? 0]?.push(person);
  const weights = Float64Array.from({ length: persons }, () => Math.min(400, (1 - roll()) ** (-1 / 1.3)));
  const any = drawFrom(
    Uint32Array.from({ length: persons }, (_, person) => person),
    weights,
    roll,
  );
  const within = byIndustry.map((them) => drawFrom(Uint32Array.from(them), weights, roll));
  return { persons, companies, starts, industries, drawAny: any, drawIn: (industry) => within[industry]?.() ?? any() };
}

/** Draws by weight: a binary search in the running sum. */
function drawFrom(them: Uint32Array, weights: Float64Array, roll: () => number): () => number {
  const sums = new Float64Array(them.length);
  let sum = 0;
  for (const [at, person] of them.entries()) {
    sum += weights[person] ?? 0;
    sums[at] = sum;
  }
  return () => {
    const wanted = roll() * sum;
    let [low, high] = [0, them.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return them[low] ?? 0;
  };
}
