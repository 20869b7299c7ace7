import type { Sandbox } from '../start.ts';
import type { Call } from '../torture/calls.ts';
import { check } from '../torture/check.ts';
import { readCrm } from '../torture/read-crm.ts';
import type { Account } from '../torture/world.ts';

export interface Judged {
  lost: number;
  duplicated: number;
  examples: string[];
}

/** Reads both CRMs and says whether each of these calls stands there once. */
export function judge(sandbox: Sandbox, accounts: readonly Account[], calls: readonly Call[]): Judged {
  const found = new Map(accounts.map((account) => [account.n, readCrm(sandbox, account)]));
  const { lost, duplicated, examples } = check(calls, found, [], { hubspot: [], salesforce: [] }, new Set(), new Map());
  return { lost, duplicated, examples: examples.filter((line) => /^(lost|duplicated)/.test(line)) };
}
