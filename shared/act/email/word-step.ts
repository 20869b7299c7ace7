import type { Insight, NextStep } from '../../contracts/insight.ts';
import { plain } from '../../kit/ids.ts';
import { numbersHold } from '../../understand/summarise.ts';
import { firstName, literal, sayStep } from '../say-promise.ts';

interface Names {
  repName: string;
  customerName: string;
}

/** A step in plain English as the rep says it to the customer: "Send Maya the plan" → "Send you the plan by Thursday, November 19". */
export function wordStep(step: NextStep, names: Names, timeZone: string): string {
  const { repName, customerName } = names;
  if (step.owner === 'customer') {
    const done = doing(reminded(step.text, customerName), customerName);
    // What a rep is reminded of speaks to the rep as "you", and of the customer's people as "their".
    const mine =
      done === step.text
        ? done
        : done
            .replace(/\byour\b/g, 'my')
            .replace(/\byou\b/g, 'me')
            .replace(/\btheir\b/g, 'your');
    return sayStep(step, timeZone, speakTo(mine, repName, { who: 'me', whose: 'my' }));
  }
  const text = step.owner === 'both' ? withoutName(step.text, customerName) : doing(step.text, repName);
  return sayStep(step, timeZone, speakTo(text, customerName, { who: 'you', whose: 'your' }));
}

/** Every figure in a wording was said with its promise, and every name somewhere in what was proved. */
export function staysWithCall(
  { text, dueText = '', evidence: { quote } }: NextStep,
  insight: Insight,
  { repName, customerName }: Names,
): boolean {
  if (!numbersHold(text, `${quote} ${dueText}`)) return false;
  const said = new Set(plain([...wordsOf(insight), quote, dueText, repName, customerName].join(' ')).split(' '));
  const named = text.match(/(?<=\S\s+)\p{Lu}[\p{L}\p{N}]*/gu) ?? [];
  return named.every((name) => plain(name) === 'i' || said.has(plain(name)));
}

const wordsOf = ({ bullets, nextSteps, objections, buyingSignals, competitors, people = [], speakers = [] }: Insight): string[] => [
  ...[bullets, nextSteps, objections, buyingSignals, competitors, people].flatMap((claims) => claims.map(({ evidence }) => evidence.quote)),
  ...[...competitors, ...people, ...speakers].map(({ name }) => name),
];

/** "Remind Maya to send the list" → "send the list". */
const reminded = (text: string, name: string): string =>
  known(name).reduce((said, one) => said.replace(new RegExp(`^remind ${literal(one)} to\\s+`, 'iu'), ''), text);

/** "Maya to send the list" → "send the list". */
const doing = (text: string, name: string): string =>
  known(name).reduce((said, one) => said.replace(new RegExp(`^${literal(one)}\\s+(to|will)\\s+`, 'iu'), ''), text);

/** "Meet with Maya on Tuesday" → "Meet on Tuesday". */
const withoutName = (text: string, name: string): string =>
  known(name).reduce(
    (said, one) =>
      said
        .replace(new RegExp(`\\s+with ${literal(one)}(?![\\p{L}\\p{N}’'])`, 'giu'), '')
        .replace(new RegExp(`^(meet(?: up)?) ${literal(one)}(?![\\p{L}\\p{N}’'])`, 'iu'), '$1'),
    text,
  );

/** "Send Maya the plan" → "Send you the plan"; "Maya's team" → "your team". */
const speakTo = (text: string, name: string, { who, whose }: { who: string; whose: string }): string =>
  known(name).reduce(
    (said, one) =>
      said
        .replace(new RegExp(`${start}${literal(one)}[’']s${end}`, 'gu'), whose)
        .replace(new RegExp(`${start}${literal(one)}${end}`, 'gu'), who),
    text,
  );
const start = '(?<![\\p{L}\\p{N}])';
const end = "(?![\\p{L}\\p{N}’'])";

/** Whoever worded the step called a nameless customer so. */
const known = (name: string): string[] => [name, firstName(name), 'the customer'].filter((one) => one !== '');
