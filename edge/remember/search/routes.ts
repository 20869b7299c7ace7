import * as z from 'zod/mini';
import type { CallListView, SearchView } from '../../../shared/contracts/memory.ts';
import { type RecordRef, recordRef } from '../../../shared/contracts/record.ts';
import { type RiskCode, riskCode } from '../../../shared/contracts/risk.ts';
import type { CallFilter } from '../../db/call-filter.ts';
import { yes } from '../../http/answer.ts';
import type { RosApp, RosContext } from '../../http/app.ts';
import { Problem } from '../../http/problem.ts';
import type { Who } from '../../http/who.ts';

export interface SearchRouteDeps {
  search(who: Who, ask: CallFilter & { text: string }): Promise<SearchView>;
  library(who: Who, ask: CallFilter & { text?: string; risk?: RiskCode; after?: string }): Promise<CallListView>;
}

const QUERY_CHARS_MAX = 200;

/** What was said, and the calls it was said on. Whose they are is who asks. */
export const searchRoutes = (deps: SearchRouteDeps) => (app: RosApp) => {
  app.get('/v1/search', async (c) => {
    const text = textOf(c);
    if (text === undefined) throw new Problem(400, 'Say what to look for.', 'q');
    const customer = c.req.query('customer');
    return yes(
      c,
      await deps.search(c.get('who'), { text, ...filterOf(c, customer === undefined ? undefined : refOf(customer, 'customer')) }),
    );
  });

  app.get('/v1/calls', async (c) => {
    const [deal, account, said, after] = ['deal', 'account', 'risk', 'after'].map((name) => c.req.query(name));
    const risk = riskCode.safeParse(said);
    if (said !== undefined && !risk.success) throw new Problem(400, 'There is no such risk.', 'risk');
    if (after !== undefined && !z.uuid().safeParse(after).success) throw new Problem(400, 'This is no page that we gave.', 'after');
    if (deal !== undefined && account !== undefined) throw new Problem(400, 'Ask for a deal or for an account.', 'account');
    const record =
      deal !== undefined ? refOf(`deal/${deal}`, 'deal') : account !== undefined ? refOf(`company/${account}`, 'account') : undefined;
    const text = textOf(c);
    return yes(
      c,
      await deps.library(c.get('who'), {
        ...filterOf(c, record),
        ...(text === undefined ? {} : { text }),
        ...(risk.success ? { risk: risk.data } : {}),
        ...(after === undefined ? {} : { after }),
      }),
    );
  });
};

function textOf(c: RosContext): string | undefined {
  const text = c.req.query('q')?.trim();
  if (text === undefined || text === '') return undefined;
  if (text.length > QUERY_CHARS_MAX || text.includes('\0')) throw new Problem(400, `Ask in at most ${QUERY_CHARS_MAX} characters.`, 'q');
  return text;
}

function filterOf(c: RosContext, record: RecordRef | undefined): CallFilter {
  const [repId, from, to] = ['rep', 'from', 'to'].map((name) => c.req.query(name));
  if (repId !== undefined && !/^[A-Za-z0-9._-]{1,64}$/.test(repId)) throw new Problem(400, 'This names no rep.', 'rep');
  return {
    ...(record ? { record } : {}),
    ...(repId === undefined ? {} : { repId }),
    ...(from === undefined ? {} : { from: moment(from, 'from') }),
    ...(to === undefined ? {} : { to: moment(to, 'to') }),
  };
}

function refOf(said: string, name: string): RecordRef {
  const [object, id, ...more] = said.split('/');
  const read = recordRef.safeParse({ object, id });
  if (!read.success || more.length > 0) throw new Problem(400, 'Name the record as deal/7001.', name);
  return read.data;
}

function moment(said: string, name: string): Date {
  const at = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(said) ? Date.parse(said) : Number.NaN;
  if (Number.isNaN(at)) throw new Problem(400, `Say \`${name}\` as 2026-11-01 or 2026-11-01T09:00:00Z.`, name);
  return new Date(at);
}
