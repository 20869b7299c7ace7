import { useExtensionContext } from '@hubspot/ui-extensions';
import { answer, type Refusal, refusal } from '@ros/contracts';
import { useMemo } from 'react';
import type { World } from './world.ts';

export type Schema<T> = Parameters<typeof answer>[0] & { _zod: { output: T } };

/** What came of asking: the thing, a reason for people, or no connection. */
export type Asked<T> = { is: 'here'; value: T } | NotHere;
export type NotHere = { is: 'refused'; code: Refusal; what: string; todo: string } | { is: 'offline' };

/** A press of a button. The host's proxy repeats a failed request once, so each press carries its own `requestId`. */
interface Press {
  requestId: string;
  [key: string]: unknown;
}

export interface Api {
  get<T>(path: string, schema: Schema<T>): Promise<Asked<T>>;
  post<T>(path: string, schema: Schema<T>, press: Press): Promise<Asked<T>>;
  put<T>(path: string, schema: Schema<T>, press: Press): Promise<Asked<T>>;
  remove<T>(path: string, schema: Schema<T>): Promise<Asked<T>>;
  /** A press whose answer says no more than that it was taken. */
  tell(path: string, press: Press): Promise<Asked<null>>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const timeoutMs = 10_000;

export function makeApi(origin: string, world: World): Api {
  const ask = async (method: Method, path: string, press?: Press): Promise<unknown> => {
    const response = await world.fetch(`${origin}${path}`, { method, timeout: timeoutMs, ...(press ? { body: press } : {}) });
    // The service says 200 to everything it expected; what else comes is the proxy's, or a fault.
    return response.ok ? response.json().catch(() => undefined) : undefined;
  };
  const read = async <T>(method: Method, schema: Schema<T>, path: string, press?: Press): Promise<Asked<T>> => {
    try {
      const said = answer(schema).safeParse(await ask(method, path, press));
      if (!said.success) return notUnderstood;
      return said.data.ok ? { is: 'here', value: said.data.value as T } : refused(said.data);
    } catch {
      return { is: 'offline' };
    }
  };
  return {
    get: (path, schema) => read('GET', schema, path),
    post: (path, schema, press) => read('POST', schema, path, press),
    put: (path, schema, press) => read('PUT', schema, path, press),
    remove: (path, schema) => read('DELETE', schema, path),
    tell: async (path, press) => {
      try {
        const said = await ask('POST', path, press);
        if (typeof said === 'object' && said !== null && 'ok' in said && said.ok === true) return { is: 'here', value: null };
        const no = answer(refusal).safeParse(said);
        return no.success && !no.data.ok ? refused(no.data) : notUnderstood;
      } catch {
        return { is: 'offline' };
      }
    },
  };
}

const refused = ({ code, what, todo }: { code: Refusal; what: string; todo: string }): NotHere => ({ is: 'refused', code, what, todo });

const notUnderstood: NotHere = {
  is: 'refused',
  code: 'trouble',
  what: 'The service could not answer.',
  todo: 'Nothing is lost. Try again in a minute.',
};

const objects: Record<string, string | undefined> = { '0-1': 'contact', '0-2': 'company', '0-3': 'deal' };

/** The service, and the path of the record that is open. */
export function useApi(world: World): { api: Api; record: string } {
  const { crm } = useExtensionContext<'crm.record.sidebar'>();
  const api = useService(world);
  return { api, record: `/v1/record/${objects[crm.objectTypeId] ?? 'deal'}/${crm.objectId}` };
}

/** The service alone, where no record is open. */
export function useService(world: World): Api {
  const { variables } = useExtensionContext<'settings'>();
  const origin = String(variables?.API_ORIGIN ?? '');
  return useMemo(() => makeApi(origin, world), [origin, world]);
}
