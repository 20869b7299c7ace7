import type { Insight } from '../contracts/insight.ts';
import type { Budget, Need, Timeline } from '../contracts/need.ts';
import { plain } from '../kit/ids.ts';
import { sayFullDate } from '../kit/time.ts';
import type { Fact } from './fact.ts';

/** What the customer told of themselves: money, time, who decides, who is who, what hurts and what they want. */
export function toldFacts(insight: Insight): Fact[] {
  const { budget, timeline, authority, people = [], pains = [], goals = [] } = insight;
  return [
    ...(budget ? [budgetFact(budget)] : []),
    ...(timeline ? [timelineFact(timeline)] : []),
    ...(authority
      ? [
          {
            kind: 'decider' as const,
            key: authority.who === 'self' ? 'self' : plain(authority.text).slice(0, KEY_MAX),
            text: authority.who === 'self' ? 'Decides alone' : `Decides: ${authority.text}`,
            evidence: authority.evidence,
          },
        ]
      : []),
    ...people.map((person): Fact => {
      const text = [person.name, person.role].filter((it) => it !== undefined).join(', ');
      return { kind: 'person', key: plain(person.name), text, evidence: person.evidence };
    }),
    ...needs('pain', pains),
    ...needs('goal', goals),
  ];
}

function budgetFact({ state, amount, amountTo, currency, period, per, evidence }: Budget): Fact {
  const money = [amount, amountTo].flatMap((one) => (one === undefined ? [] : [one.toLocaleString('en-US')])).join(' to ');
  const said = [
    money,
    currency,
    period && period !== 'once' ? `a ${period}` : undefined,
    per === undefined ? undefined : `for each ${per}`,
  ];
  const text =
    money === '' ? BUDGETS[state] : `Budget: ${said.filter((it) => it !== undefined).join(' ')}${state === 'unsure' ? ', not sure' : ''}`;
  return { kind: 'budget', key: plain(text), text, evidence };
}

function timelineFact({ event, text, from, to, evidence }: Timeline): Fact {
  const day = to ?? from;
  // "Next quarter" is another one by the time that somebody reads it.
  const when = day === undefined ? text : `by ${sayFullDate(`${day}T12:00:00Z`, 'UTC')}, ${day.slice(0, 4)}`;
  return { kind: 'timeline', key: `${event} ${day ?? plain(text)}`.slice(0, KEY_MAX), text: `${EVENTS[event]}: ${when}`, evidence };
}

const needs = (kind: 'pain' | 'goal', all: readonly Need[]): Fact[] =>
  all
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, NEEDS_MAX)
    .map(({ text, evidence }) => {
      const said = text ?? evidence.quote;
      return { kind, key: plain(said).slice(0, KEY_MAX), text: `${kind === 'pain' ? 'Trouble' : 'Wants'}: ${said}`, evidence };
    });

const NEEDS_MAX = 3;
const KEY_MAX = 120;
const BUDGETS: Record<Budget['state'], string> = {
  available: 'Has a budget',
  unsure: 'Is not sure of the budget',
  none: 'Has no budget',
};
const EVENTS: Record<Timeline['event'], string> = {
  decision: 'Decides',
  start: 'Wants to start',
  renewal: 'Renews',
  deadline: 'Has a deadline',
};
