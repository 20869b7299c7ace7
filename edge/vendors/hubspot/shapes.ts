import * as z from 'zod/mini';

/** What we read of HubSpot's answers (`/2026-09/`). Unset properties come as null. */
const properties = z.record(z.string(), z.nullable(z.string()));
/** One value a property has had; the newest comes first. */
const past = z.object({
  value: z.optional(z.nullable(z.string())),
  timestamp: z.string(),
  sourceType: z.optional(z.string()),
  sourceId: z.optional(z.nullable(z.string())),
  updatedByUserId: z.optional(z.nullable(z.int())),
});
export type HubspotPast = z.infer<typeof past>;
export const object = z.object({
  id: z.string(),
  properties,
  updatedAt: z.optional(z.string()),
  propertiesWithHistory: z.optional(z.record(z.string(), z.array(past))),
  objectWriteTraceId: z.optional(z.string()),
});
export type HubspotObject = z.infer<typeof object>;

/** The ids a record is tied to; `paging` says that there are more. */
const ties = z.optional(z.object({ results: z.array(z.object({ id: z.string() })), paging: z.optional(z.unknown()) }));
export const objectWithTies = z.extend(object, { associations: z.optional(z.object({ contacts: ties, calls: ties })) });
export type HubspotWithTies = z.infer<typeof objectWithTies>;

/** An entry of a batch's `errors`; only names and codes are read of the rest. */
const batchError = z.looseObject({ category: z.optional(z.string()), context: z.optional(z.record(z.string(), z.array(z.string()))) });
const batchOf = <T extends z.core.$ZodType>(result: T) => z.object({ results: z.array(result), errors: z.optional(z.array(batchError)) });

export const objectBatch = batchOf(object);
export const associateBatch = batchOf(z.object({ from: z.object({ id: z.string() }), to: z.object({ id: z.string() }) }));
export const associationBatch = batchOf(
  z.object({ from: z.object({ id: z.string() }), to: z.array(z.object({ toObjectId: z.string() })) }),
);
export const found = z.object({ results: z.array(object) });

export const owner = z.object({
  id: z.string(),
  email: z.optional(z.string()),
  firstName: z.optional(z.string()),
  lastName: z.optional(z.string()),
  userId: z.optional(z.int()),
  archived: z.optional(z.boolean()),
  teams: z.optional(z.array(z.object({ id: z.string() }))),
});
export type HubspotOwner = z.infer<typeof owner>;
export const ownerList = z.object({ results: z.array(owner) });

export const pipeline = z.object({
  id: z.string(),
  stages: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      displayOrder: z.number(),
      metadata: z.record(z.string(), z.string()),
      archived: z.optional(z.boolean()),
    }),
  ),
});
export type HubspotPipeline = z.infer<typeof pipeline>;

export const propertyDefinition = z.object({
  name: z.string(),
  label: z.optional(z.string()),
  type: z.optional(z.string()),
  options: z.optional(z.array(z.object({ value: z.string(), label: z.string(), hidden: z.optional(z.boolean()) }))),
  hasUniqueValue: z.optional(z.boolean()),
});
export type HubspotProperty = z.infer<typeof propertyDefinition>;
export const propertyList = z.object({ results: z.array(propertyDefinition) });
export const labelLimits = z.object({ results: z.array(z.unknown()) });
export const anything = z.unknown();
