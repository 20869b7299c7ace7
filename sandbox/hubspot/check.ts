import { type Detail, invalid, Refused } from './answer.ts';
import { type ObjectType, type Property, TEXT_MAX } from './schema.ts';
import { type Desk, type HubspotState, propertyOf, type Row, stageOf } from './state.ts';

/** Every rule about values at once, as HubSpot reports them: one refusal with all the faults in it. */
export function check(desk: Desk, type: ObjectType, given: unknown, row: Row | undefined): Record<string, string> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalid('Invalid input JSON: properties must be an object');
  const { state } = desk;
  const faults: (Detail & { name: string })[] = [];
  const clean: Record<string, string> = {};
  for (const [name, raw] of Object.entries(given as Record<string, unknown>)) {
    const property = propertyOf(state, type, name);
    const fault = (code: string, message: string) => faults.push({ name, code, message, context: { propertyName: [name] } });
    if (!property) {
      fault('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
      continue;
    }
    if (desk.dated && typeof raw !== 'string') throw invalid(`Invalid input JSON: properties.${name} must be a string`);
    if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') {
      fault('INVALID_TYPE', `Property "${name}" must be a string`);
      continue;
    }
    const value = String(raw);
    if (property.readOnly) fault('READ_ONLY_VALUE', `"${name}" is a read only property; its value cannot be set.`);
    else if (value === '') clean[name] = '';
    else {
      const told = normal(property, value);
      if ('code' in told) fault(told.code, told.message);
      else clean[name] = told.value;
    }
  }
  const merged = { ...row?.properties, ...clean };
  if (clean.hubspot_owner_id && !state.owners.some(({ id, archived }) => id === clean.hubspot_owner_id && !archived)) {
    faults.push({
      name: 'hubspot_owner_id',
      code: 'INVALID_OWNER_ID',
      message: `Owner ${clean.hubspot_owner_id} does not exist`,
      context: { propertyName: ['hubspot_owner_id'] },
    });
  }
  if (type === 'deals') faults.push(...pipelineFaults(state, clean, merged));
  if (type === 'contacts' && clean.email && state.blocked[clean.email.toLowerCase()])
    throw invalid(`${clean.email} was permanently deleted and cannot be added again`);
  for (const name of Object.keys(clean)) {
    const holder = propertyOf(state, type, name)?.hasUniqueValue ? state.unique[type][name]?.[clean[name]?.toLowerCase() ?? ''] : undefined;
    if (holder === undefined || holder === row?.id) continue;
    // An email that is taken is a conflict (HubSpot/hubspot-api-nodejs#545); any other unique value is a validation error.
    if (type === 'contacts' && name === 'email') throw new Refused(409, 'CONFLICT', `Contact already exists. Existing ID: ${holder}`);
    faults.push({
      name,
      code: 'CONFLICTING_UNIQUE_VALUE',
      message: `Cannot set ${name}. ${holder} already has that value.`,
      context: { propertyName: [name] },
    });
  }
  if (faults.length > 0) {
    const told = faults.map(({ name, code, message }) => ({ isValid: false, message, error: code, name, portalId: state.portalId }));
    throw invalid(
      `Property values were not valid: ${JSON.stringify(told)}`,
      faults.map(({ name: _, ...detail }) => detail),
    );
  }
  // Since /2026-09/ a deal cannot be won without its close date (reference/hubspot.md §0).
  const won =
    type === 'deals' &&
    clean.dealstage !== undefined &&
    Number(stageOf(state, merged.pipeline ?? 'default', clean.dealstage)?.metadata.probability) === 1;
  if (desk.dated && won && !merged.closedate) throw missingProperties(type, ['closedate']);
  const moves = type === 'deals' && !!clean.dealstage && clean.dealstage !== row?.properties.dealstage;
  const wanted = (moves && desk.dated && state.rules.requireAtStage[clean.dealstage ?? '']) || [];
  const unset = wanted.filter((name) => !merged[name]);
  if (unset.length > 0) throw missingProperties(type, unset);
  return clean;
}

function pipelineFaults(state: HubspotState, clean: Record<string, string>, merged: Record<string, string>): (Detail & { name: string })[] {
  const pipeline = state.pipelines.find(({ id }) => id === (merged.pipeline ?? 'default'));
  const option = (name: string, value: string, allowed: string[]) => [
    {
      name,
      code: 'INVALID_OPTION',
      message: `${value} was not one of the allowed options: [${allowed.join(', ')}]`,
      context: { propertyName: [name] },
    },
  ];
  if (!pipeline)
    return option(
      'pipeline',
      merged.pipeline ?? '',
      state.pipelines.map(({ id }) => id),
    );
  const moved = clean.dealstage !== undefined || clean.pipeline !== undefined;
  if (moved && merged.dealstage !== undefined && !pipeline.stages.some(({ id }) => id === merged.dealstage)) {
    return option(
      'dealstage',
      merged.dealstage,
      pipeline.stages.map(({ id }) => id),
    );
  }
  return [];
}

function normal(property: Property, value: string): { value: string } | { code: string; message: string } {
  const wrong = (code: string, what: string) => ({ code, message: `${value.slice(0, 40)} was not ${what}` });
  switch (property.type) {
    case 'number':
      return Number.isFinite(Number(value)) ? { value } : wrong('INVALID_NUMBER', 'a valid number.');
    case 'bool':
      return value === 'true' || value === 'false' ? { value } : wrong('INVALID_BOOLEAN', 'a valid boolean.');
    case 'date':
    case 'datetime': {
      const at = /^-?\d+$/.test(value) ? Number(value) : /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
      const time = new Date(at);
      if (Number.isNaN(time.getTime())) return wrong('INVALID_LONG', 'a valid long.');
      if (property.type === 'datetime') return { value: time.toISOString() };
      // A date is a whole day: midnight in UTC.
      return at % 86_400_000 === 0
        ? { value: time.toISOString().slice(0, 10) }
        : wrong('INVALID_DATE', 'a valid date: it must be midnight UTC.');
    }
    case 'enumeration': {
      // Several boxes may be ticked; every other kind of choice holds one exact internal value.
      const chosen = property.fieldType === 'checkbox' ? value.replace(/^;/, '').split(';') : [value];
      if (property.options.length === 0 || chosen.every((one) => property.options.some((option) => option.value === one))) return { value };
      return wrong('INVALID_OPTION', `one of the allowed options: [${property.options.map((option) => option.value).join(', ')}]`);
    }
    default:
      if (property.name === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value))
        return { code: 'INVALID_EMAIL', message: `Email address ${value} is invalid` };
      return value.length <= TEXT_MAX ? { value } : { code: 'INVALID_LENGTH', message: `The value is longer than ${TEXT_MAX} characters.` };
  }
}

export const missingProperties = (type: ObjectType, names: readonly string[]) =>
  invalid(
    `Error creating ${type.toUpperCase()}. Some required properties were not set.`,
    names.map((name) => ({ message: `${name} is required`, code: 'REQUIRED_PROPERTY', context: { propertyName: [name] } })),
    { properties: [...names] },
  );
