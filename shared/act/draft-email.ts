import type { Insight } from '../contracts/insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { type EmailCall, writeEmail } from './email/write-email.ts';

/** The follow-up that a ChangeSet proposes. Null when the call held nothing to follow up. */
export function draftEmail(call: EmailCall, insight: Insight): { subject: string; body: string; evidence: Evidence[] } | null {
  const { subject, body, facts } = writeEmail(call, insight);
  return facts.length === 0 ? null : { subject, body, evidence: facts.map(({ evidence }) => evidence) };
}
