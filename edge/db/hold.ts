import type { NeonQueryFunction } from '@neondatabase/serverless';
import { Bug } from '../../shared/kit/must.ts';

type Client = NeonQueryFunction<false, false>;

/**
 * The same driver, except that a single query refuses to start. Drizzle's statements run when somebody awaits them;
 * held, they only run inside a batch, behind the statement that sets role and tenant.
 */
export function hold(client: Client): Client {
  const query: Client['query'] = (text, params, options) => {
    const held = client.query(text, params, options);
    for (const start of ['then', 'catch', 'finally']) Object.defineProperty(held, start, { value: refuse });
    return held;
  };
  return new Proxy(client, {
    get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)),
    apply: refuse,
  });
}

function refuse(): never {
  throw new Bug('a query was about to run without a tenant');
}
