import { type RecordRef, recordRef } from '../../shared/contracts/record.ts';
import type { RosContext } from '../http/app.ts';
import { Problem } from '../http/problem.ts';

/** The record that `/…/:object/:id/…` names. */
export function refOf(c: RosContext): RecordRef {
  const read = recordRef.safeParse({ object: c.req.param('object'), id: c.req.param('id') });
  if (!read.success) throw new Problem(404, 'There is nothing here.');
  return read.data;
}
