import { Refused } from './answer.ts';
import type { ObjectType } from './schema.ts';

/** Any one of these lets a request through: the `security` of each path in crm-*.json, our objects' part of it. */
export function scopesFor(
  room: 'objects' | 'associations' | 'properties' | 'pipelines' | 'owners',
  method: string,
  type: ObjectType | undefined,
  reads: boolean,
): string[] {
  const objects = ['contacts', 'companies', 'deals'] as const;
  if (room === 'owners') return ['crm.objects.owners.read'];
  if (room === 'pipelines') return ['crm.objects.deals.read', 'crm.schemas.deals.read', 'crm.objects.deals.write'];
  if (room === 'properties') {
    return method === 'GET'
      ? objects.flatMap((object) => [`crm.objects.${object}.read`, `crm.objects.${object}.write`, `crm.schemas.${object}.read`])
      : objects.map((object) => `crm.schemas.${object}.write`);
  }
  if (room === 'associations')
    return objects.flatMap((object) =>
      reads ? [`crm.objects.${object}.read`, `crm.objects.${object}.write`] : [`crm.objects.${object}.write`],
    );
  // Calls, notes and tasks go by the contacts' scopes (crm-calls.json, crm-notes.json, crm-tasks.json).
  const object = type === 'deals' || type === 'companies' ? type : 'contacts';
  return [`crm.objects.${object}.${reads ? 'read' : 'write'}`];
}

export function demand(granted: readonly string[], anyOf: string[]): void {
  if (anyOf.some((scope) => granted.includes(scope))) return;
  throw new Refused(403, 'MISSING_SCOPES', "This app hasn't been granted all required scopes to make this call.", [
    { message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: anyOf } },
  ]);
}
