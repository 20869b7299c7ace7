import type { Insight } from '../contracts/insight.ts';
import type { Evidence } from '../contracts/transcript.ts';
import { clock } from '../kit/time.ts';
import { isPoorlyHeard } from '../understand/poorly-heard.ts';
import { sayStep } from './say-promise.ts';

/** The call activity's text: the headline, then each point with the words that prove it. */
export const callBody = ({ headline, bullets }: Insight): string =>
  [headline, ...bullets.map(({ text, evidence }) => `• ${text}\n  ${proof(evidence)}`)].join('\n\n');

const worries: Record<Insight['objections'][number]['type'], string> = {
  price: 'Price',
  timing: 'Timing',
  authority: 'Who decides',
  need: 'Whether they need it',
  competitor: 'A competitor',
  trust: 'Trust',
  fit: 'Fit',
  implementation: 'Rollout',
  security: 'Security',
  terms: 'Contract terms',
  brushoff: 'Put us off',
};

/** What the call taught about the customer, for the record's own notes; null when it taught nothing. */
export function noteBody(
  insight: Insight,
  call: { customerName: string; timeZone: string },
): { body: string; evidence: Evidence[] } | null {
  const theirs = insight.nextSteps.filter((step) => step.owner === 'customer');
  const sections = [
    { title: 'Worries', items: insight.objections.map(({ type, evidence }) => ({ text: worries[type], evidence })) },
    { title: 'Also looking at', items: insight.competitors.map(({ name, evidence }) => ({ text: name, evidence })) },
    {
      title: 'They will',
      items: theirs.map((step) => ({
        text: sayStep(step, call.timeZone),
        evidence: step.evidence,
      })),
    },
  ].filter((section) => section.items.length > 0);
  if (sections.length === 0) return null;

  const told = sections.map(({ title, items }) =>
    [`${title}:`, ...items.map(({ text, evidence }) => `• ${text}\n  ${proof(evidence)}`)].join('\n'),
  );
  return {
    body: [`From the call with ${call.customerName}`, ...told].join('\n\n'),
    evidence: sections.flatMap((section) => section.items.map((item) => item.evidence)),
  };
}

const proof = (evidence: Evidence): string => {
  const { startMs, quote, speaker } = evidence;
  return `[${clock(startMs)}] “${quote}” (${speaker}${isPoorlyHeard(evidence) ? ', hard to hear' : ''})`;
};
