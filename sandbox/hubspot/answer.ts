import { randomUUID } from 'node:crypto';

/** One entry of HubSpot's `errors`: a code in capitals and the names it is about. */
export interface Detail {
  message: string;
  code?: string;
  context?: Record<string, string[]>;
}

/** Thrown by a rule and answered by the protocol in HubSpot's error body. */
export class Refused extends Error {
  readonly status: number;
  readonly category: string;
  readonly details: Detail[];
  readonly context: Record<string, string[]>;

  constructor(status: number, category: string, message: string, details: Detail[] = [], context: Record<string, string[]> = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.details = details;
    this.context = context;
  }
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json;charset=utf-8', ...headers } });

export const nothing = () => new Response(null, { status: 204 });

export const invalid = (message: string, details: Detail[] = [], context: Record<string, string[]> = {}) =>
  new Refused(400, 'VALIDATION_ERROR', message, details, context);

export const notFound = (id: string) =>
  new Refused(404, 'OBJECT_NOT_FOUND', 'Object not found.  objectId are usually numeric.', [], { id: [id] });

export const noSuchPath = () => new Refused(404, 'RESOURCE_NOT_FOUND', 'resource not found');

/** `{status, message, correlationId, category}` as crm-objects.json calls it `Error`. */
export function refusal(error: Refused): Response {
  return json(error.status, {
    status: 'error',
    message: error.message,
    correlationId: randomUUID(),
    category: error.category,
    ...(error.details.length > 0 ? { errors: error.details } : {}),
    ...(Object.keys(error.context).length > 0 ? { context: error.context } : {}),
  });
}

/** The same refusal as one of a batch's `errors` (crm-objects.json `StandardError`). */
export const batchError = (error: Refused, traceId?: string) => ({
  status: 'error',
  category: error.category,
  message: error.message,
  context: { ...error.context, ...(traceId ? { objectWriteTraceId: [traceId] } : {}) },
  errors: error.details,
  links: {},
});
