import type { Insight } from '../shared/contracts/insight.ts';
import type { Evidence } from '../shared/contracts/transcript.ts';

/** An insight as a person reads it in a terminal: every claim with its time, who said it and the words. */
export function showInsight(insight: Insight, names: { repName: string; customerName: string; timeZone: string }): string {
  const owner = { rep: names.repName, customer: names.customerName, both: `${names.repName} and ${names.customerName}` };
  const rows = [
    insight.headline,
    `${insight.intent} call · you spoke ${Math.round(insight.talkShareRep * 100)} % · mood ${mood(insight.sentiment)} (${insight.sentiment.toFixed(2)})`,
    ...section('In short', insight.bullets, (one) => one.text),
    ...section(
      'Next steps',
      insight.nextSteps,
      (one) =>
        `${one.text} — ${owner[one.owner]}${one.dueText ? `, ${one.dueText}` : ''}${one.dueAt ? ` (${day(one.dueAt, names.timeZone)})` : ''}${one.hedged ? ' · to be confirmed' : ''}`,
    ),
    ...section('Objections', insight.objections, (one) => one.type),
    ...section('Buying signals', insight.buyingSignals, (one) => SIGNAL[one.type]),
    ...section('Competitors', insight.competitors, (one) => one.name),
    ...section('Price talk', insight.pricing, () => ''),
  ];
  return `${rows.join('\n')}\n`;
}

function section<T extends { evidence: Evidence }>(title: string, list: readonly T[], say: (one: T) => string): string[] {
  if (list.length === 0) return [];
  return [
    '',
    title,
    ...list.flatMap((one) => [
      ...(say(one) ? [`  ${say(one)}`] : []),
      `    ${clock(one.evidence.startMs)} ${one.evidence.speaker}: “${one.evidence.quote}”`,
    ]),
  ];
}

const mood = (sentiment: number): string => (sentiment >= 0.6 ? 'warm' : sentiment <= 0.4 ? 'cool' : 'even');

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function day(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(new Date(iso));
}

const SIGNAL = {
  commit: 'commits',
  praise: 'praise',
  purchase_q: 'asks how to buy',
  request: 'asks for material',
  urgency: 'urgency',
  authority: 'can decide',
  budget: 'budget',
  need: 'need',
} as const;
