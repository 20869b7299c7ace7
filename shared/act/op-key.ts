/**
 * What names one write for ever; its hash is the idempotency key. The body is left out on purpose:
 * understanding a call a second time must not write a second activity.
 */
export const opKey = (op: { tenantId: string; connectionId: string; callId: string; action: string; ordinal: number }): string =>
  JSON.stringify(['op1', op.tenantId, op.connectionId, op.callId, op.action, op.ordinal]);
