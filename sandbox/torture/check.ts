import type { Call } from './calls.ts';
import type { HumanEdit } from './havoc.ts';
import type { Found, FoundDeal } from './read-crm.ts';

export interface Verdict {
  /** Calls taken that do not stand in the CRM: no call, or not the task that was promised on it, on its own deal. */
  lost: number;
  /** Activities beyond one of each kind that carry a call's mark. */
  duplicated: number;
  /** A stage we set back to where an earlier call had put it. */
  outOfOrder: number;
  /** Deals that do not stand where the last stage of ours, or of a person, put them. */
  wrongFinal: number;
  /** What a person set and does not stand there any more. */
  overwrittenHuman: number;
  /** A call's mark in another customer's CRM. */
  crossTenant: number;
  /** The first few of each, for whoever looks for the cause. */
  examples: string[];
}

/** `parked` says which changes of a call wait for a person, with their reason: those are not lost. Stages are named in their pipeline's order. */
export function check(
  calls: readonly Call[],
  found: ReadonlyMap<number, Found>,
  edits: readonly HumanEdit[],
  pipelines: Record<'hubspot' | 'salesforce', readonly string[]>,
  parked: ReadonlySet<string>,
  finals: ReadonlyMap<string, string>,
): Verdict {
  const verdict: Verdict = { lost: 0, duplicated: 0, outOfOrder: 0, wrongFinal: 0, overwrittenHuman: 0, crossTenant: 0, examples: [] };
  const say = (kind: Exclude<keyof Verdict, 'examples'>, what: string) => {
    verdict[kind] += 1;
    if (verdict[kind] <= 8) verdict.examples.push(`${kind}: ${what}`);
  };
  const byMark = new Map<string, { account: number; kind: string; dealIds: string[] }[]>();
  for (const [account, { activities }] of found)
    for (const { kind, text, dealIds } of activities)
      for (const mark of new Set(text.match(/\b77\d{9}\b/g) ?? []))
        byMark.set(mark, [...(byMark.get(mark) ?? []), { account, kind, dealIds }]);

  for (const { id, mark, account, dealId } of calls) {
    const all = byMark.get(mark) ?? [];
    const own = all.filter((one) => one.account === account.n);
    if (all.length > own.length) say('crossTenant', `${id} of account ${account.n} stands in another`);
    for (const kind of ['call', 'task'] as const) {
      const here = own.filter((one) => one.kind === kind);
      if (here.length === 0 && !parked.has(`${id}/${kind}`)) say('lost', `${account.host} ${id} has no ${kind}`);
      if (here.length > 1) say('duplicated', `${account.host} ${id} has ${here.length} of ${kind}`);
      if (here.some(({ dealIds }) => dealIds.length !== 1 || dealIds[0] !== dealId))
        say('lost', `${account.host} ${id}: its ${kind} is not on its deal`);
    }
    const notes = own.filter(({ kind }) => kind === 'note').length;
    if (notes > 1) say('duplicated', `${account.host} ${id} has ${notes} notes`);
  }

  const edited = new Map(edits.filter(({ field }) => field === 'stage').map((edit) => [`${edit.account}/${edit.dealId}`, edit.value]));
  for (const { account, dealId, field, value } of edits) {
    const deal = found.get(account)?.deals.get(dealId);
    if (deal?.[field] !== value)
      say('overwrittenHuman', `account ${account} deal ${dealId}: ${field} is ${deal?.[field]}, a person set ${value}; ${trailOf(deal)}`);
  }
  for (const account of new Map(calls.map((call) => [call.account.n, call.account])).values()) {
    const pipeline = pipelines[account.host];
    for (const [dealId, deal] of found.get(account.n)?.deals ?? []) {
      const key = `${account.n}/${dealId}`;
      let last = -1;
      for (const { value, byUs } of deal.stages) {
        const at = pipeline.indexOf(value);
        // A person may go back; we never do.
        if (byUs && at < last) say('outOfOrder', `${account.host} account ${account.n} deal ${dealId} went back to ${value}`);
        last = at;
      }
      const final = finals.get(key);
      if (!edited.has(key) && final !== undefined && deal.stage !== final)
        say(
          'wrongFinal',
          `${account.host} account ${account.n} deal ${dealId} stands at ${deal.stage}, we wrote ${final} last; ${trailOf(deal)}`,
        );
    }
  }
  return verdict;
}

/** Who put the deal where, in order. */
const trailOf = (deal: FoundDeal | undefined): string =>
  (deal?.stages ?? []).map(({ value, byUs }) => `${value} (${byUs ? 'us' : 'a person'})`).join(' → ');
