import * as z from 'zod/mini';

/** What we read of HubSpot's answers (`/2026-09/`). Unset properties come as null. */
const properties = z.record(z.string(), z.nullable(z.string()));
export const object = z.object({ id: z.string(), properties, updatedAt: z.optional(z.string()) });
export type HubspotObject = z.infer<typeof object>;

/** An entry of a batch's `errors`; the message stays behind. */
const batchError = z.object({ category: z.optional(z.string()), context: z.optional(z.record(z.string(), z.array(z.string()))) });
const batchOf = <T extends z.core.$ZodType>(result: T) => z.object({ results: z.array(result), errors: z.optional(z.array(batchError)) });

export const objectBatch = batchOf(object);
export const upsertBatch = batchOf(z.object({ id: z.string(), new: z.boolean() }));
export const associateBatch = batchOf(z.object({ from: z.object({ id: z.string() }), to: z.object({ id: z.string() }) }));
export const associationBatch = batchOf(
  z.object({ from: z.object({ id: z.string() }), to: z.array(z.object({ toObjectId: z.string() })) }),
);
export const found = z.object({ results: z.array(object) });

const owner = z.object({
  id: z.string(),
  email: z.optional(z.string()),
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

export const propertyDefinition = z.object({ name: z.string(), hasUniqueValue: z.optional(z.boolean()) });
export const anything = z.unknown();
