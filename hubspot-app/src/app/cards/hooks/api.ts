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
  /** A press whose answer says no more than that it was taken. */
  tell(path: string, press: Press): Promise<Asked<null>>;
}

const timeoutMs = 10_000;

export function makeApi(origin: string, world: World): Api {
  const ask = async (path: string, press?: Press): Promise<unknown> => {
    const response = await world.fetch(
      `${origin}${path}`,
      press ? { method: 'POST', timeout: timeoutMs, body: press } : { method: 'GET', timeout: timeoutMs },
    );
    // The service says 200 to everything it expected; what else comes is the proxy's, or a fault.
    return response.ok ? response.json().catch(() => undefined) : undefined;
  };
  const read = async <T>(schema: Schema<T>, path: string, press?: Press): Promise<Asked<T>> => {
    try {
      const said = answer(schema).safeParse(await ask(path, press));
      if (!said.success) return notUnderstood;
      return said.data.ok ? { is: 'here', value: said.data.value as T } : refused(said.data);
    } catch {
      return { is: 'offline' };
    }
  };
  return {
    get: (path, schema) => read(schema, path),
    post: (path, schema, press) => read(schema, path, press),
    tell: async (path, press) => {
      try {
        const said = await ask(path, press);
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
  const { crm, variables } = useExtensionContext<'crm.record.sidebar'>();
  const origin = String(variables?.API_ORIGIN ?? '');
  const api = useMemo(() => makeApi(origin, world), [origin, world]);
  return { api, record: `/v1/record/${objects[crm.objectTypeId] ?? 'deal'}/${crm.objectId}` };
}
