import { askCustomerBody, type CustomerAnswer, type CustomerMemory } from '../../../shared/contracts/memory.ts';
import { type RecordObject, type RecordRef, recordRef } from '../../../shared/contracts/record.ts';
import type { Result } from '../../../shared/kit/result.ts';
import { faultAnswer, no, yes } from '../../http/answer.ts';
import type { RosApp, RosContext } from '../../http/app.ts';
import { Problem } from '../../http/problem.ts';
import { parseJson } from '../../http/read-body.ts';
import type { Who } from '../../http/who.ts';

export interface MemoryRouteDeps {
  maySeeRecord(who: Who, ref: RecordRef): Promise<Result<boolean>>;
  /** What kind of record we have calls of under this id; null where we have none. */
  kindOf(who: Who, id: string): Promise<RecordObject | null>;
  memory(who: Who, ref: RecordRef, ask: { maySee: boolean; after?: { atMs: number; id: string } }): Promise<CustomerMemory>;
  ask(who: Who, ref: RecordRef, ask: { maySee: boolean; question: string }): Promise<CustomerAnswer>;
}

/** Everything of one customer. A customer is whatever record its calls hang on: `?object=` says which, where an id alone does not. */
export const memoryRoutes = (deps: MemoryRouteDeps) => (app: RosApp) => {
  app.get('/api/customer/:id/memory', async (c) => {
    const after = cursorOf(c);
    const customer = await open(deps, c, c.req.query('object'));
    if (!customer.ok) return customer.refusal;
    const { ref, maySee } = customer;
    const memory = await deps.memory(c.get('who'), ref, { maySee, ...(after ? { after } : {}) });
    // Whoever may not see the record still sees what came of their own calls on it.
    if (!maySee && memory.lastTouched === null) return no(c, 'no-permission', 'Your CRM does not show you this record.');
    return yes(c, memory);
  });

  app.post('/v1/customers/:id/ask', async (c) => {
    const { question, object } = parseJson(c.get('raw'), askCustomerBody);
    const customer = await open(deps, c, object);
    if (!customer.ok) return customer.refusal;
    return yes(c, await deps.ask(c.get('who'), customer.ref, { maySee: customer.maySee, question }));
  });
};

type Customer = { ok: true; ref: RecordRef; maySee: boolean } | { ok: false; refusal: Response };

async function open(deps: MemoryRouteDeps, c: RosContext, said: string | undefined): Promise<Customer> {
  const id = recordRef.shape.id.safeParse(c.req.param('id'));
  if (!id.success) throw new Problem(404, 'There is nothing here.');
  const object = recordRef.shape.object.safeParse(said ?? (await deps.kindOf(c.get('who'), id.data)) ?? 'company');
  if (!object.success) throw new Problem(400, 'A customer is a deal, a contact, a company or a lead.', 'object');
  const ref = { object: object.data, id: id.data };
  const may = await deps.maySeeRecord(c.get('who'), ref);
  return may.ok ? { ok: true, ref, maySee: may.value } : { ok: false, refusal: faultAnswer(c, may.fault) };
}

function cursorOf(c: RosContext): { atMs: number; id: string } | undefined {
  const said = c.req.query('after');
  if (said === undefined) return undefined;
  const [, atMs, id] = /^(\d{1,16})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(said) ?? [];
  if (atMs === undefined || id === undefined) throw new Problem(400, 'This is no page that we gave.', 'after');
  return { atMs: Number(atMs), id };
}
