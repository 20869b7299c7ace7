import { invalid, noSuchPath } from './answer.ts';
import { associations, oneAssociation } from './associations.ts';
import { labelLimits } from './labels.ts';
import { objects } from './objects.ts';
import { owners } from './owners.ts';
import { pipelines } from './pipelines.ts';
import { properties } from './properties.ts';
import { type ObjectType, objectType } from './schema.ts';
import { demand, scopesFor } from './scopes.ts';
import type { Desk, World } from './state.ts';

/** One CRM request: the dated paths, and those `@hubspot/api-client` 14 still calls. */
export function crm(
  world: World,
  granted: readonly string[],
  method: string,
  path: string[],
  query: URLSearchParams,
  text: string,
): Response {
  if (path[0] !== 'crm') throw noSuchPath();
  const dated = path[2] === '2026-09';
  const [room, version] = dated ? [path[1], path[2]] : [path[2], path[1]];
  const rest = path.slice(3);
  if (version !== '2026-09' && version !== 'v3' && version !== 'v4') throw noSuchPath();
  const { state } = world;
  const desk: Desk = { ...world, dated, by: { type: 'INTEGRATION', id: String(state.appId) } };
  const body = parse(text);
  const reads = method === 'GET' || rest.at(-1) === 'search' || rest.slice(-2).join('/') === 'batch/read';
  const typed = (name: string | undefined): ObjectType => {
    const type = objectType(name ?? '');
    if (!type) throw invalid(`Unable to infer object type from: ${name}`);
    return type;
  };

  switch (room) {
    case 'owners':
      demand(granted, scopesFor('owners', method, undefined, true));
      return owners(state, method, rest, query);
    case 'pipelines':
      demand(granted, scopesFor('pipelines', method, undefined, true));
      return pipelines(state, method, typed(rest[0]), rest.slice(1));
    case 'properties':
      demand(granted, scopesFor('properties', method, undefined, reads));
      return properties(desk, method, typed(rest[0]), rest.slice(1), body);
    case 'limits':
      demand(granted, scopesFor('associations', method, undefined, true));
      if (method !== 'GET' || rest.join('/') !== 'associations/labels') throw noSuchPath();
      return labelLimits(state);
    case 'associations':
      demand(granted, scopesFor('associations', method, undefined, reads));
      return associations(desk, method, typed(rest[0]), typed(rest[1]), rest.slice(2), body);
    case 'objects': {
      const type = typed(rest[0]);
      if (rest[2] === 'associations') {
        demand(granted, scopesFor('associations', method, undefined, reads));
        const isDefault = rest[3] === 'default';
        const [to, toId] = rest.slice(isDefault ? 4 : 3);
        return oneAssociation(desk, method, type, rest[1] ?? '', typed(to), toId, isDefault ? 'default' : 'labelled', body);
      }
      demand(granted, scopesFor('objects', method, type, reads));
      return objects(desk, method, type, rest.slice(1), query, body);
    }
    default:
      throw noSuchPath();
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('Invalid input JSON');
  }
}
