import type { Step } from './next-steps.ts';
import { normalise } from './normalise.ts';
import { straighten } from './tokenise.ts';

/** A next step as an imperative for the rep, with the customer's name in it: "Send Maya the security questionnaire". */
export function stepText(step: Step, customerName: string): string {
  const name = firstName(customerName);
  const words = deedWords(step);
  const byRep = step.said.utterance.role === 'rep';
  const spoken = byRep ? asRepSpoke(words, name, step.owner === 'customer') : asCustomerSpoke(words, name, step.owner === 'customer');
  return cap(clip(compose(step, spoken, name)));
}

/** "Maya Lindqvist" is Maya; a nameless customer is "the customer". */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] || 'the customer';

function compose(step: Step, deed: string, name: string): string {
  const verb = /^[a-z]+/i.exec(deed)?.[0].toLowerCase() ?? '';
  if (step.owner === 'both') {
    if (!VERBS.has(verb) || deed === verb) return MEETS.has(verb) && verb !== 'meet' ? `${deed} with ${name}` : `Meet ${name}`;
    if (verb === 'meet') return deed.includes(name) ? deed : deed.replace(/^meet(?: up)?(?: with)?/i, `Meet ${name}`);
    return deed.includes(name)
      ? deed
      : MEETS.has(verb)
        ? deed.replace(
            /^(?:talk|speak|chat|connect|reconnect|follow up|touch base|circle back|regroup|catch up)\b/i,
            (hit) => `${hit} with ${name}`,
          )
        : `${deed} with ${name}`;
  }
  if (step.owner === 'customer') {
    if (!VERBS.has(verb)) return `Remind ${name} to get back to you`;
    return step.helper
      ? `Remind ${name} to have ${step.helper.replace(/^(?:our|my)\b/, 'their')} ${deed}`
      : `Remind ${name} to ${lower(deed)}`;
  }
  const promised = /^(?:(?:you|Maya) )?(?:will |should |can expect to )?(?:get|receive|have|hear|see) (?:back )?(.*)$/i.exec(
    deed.replace(new RegExp(`^${literal(name)} `), ''),
  );
  if (/^(?:you will|you should|you can)/.test(step.deed)) {
    const what = promised?.[1] ?? '';
    return /^(?:from|it$|that$|this$|them$|$)/.test(what) ? `Get back to ${name}` : `Send ${name} ${what}`;
  }
  // No rule knows what was promised, only that something was: a person reads the quote.
  if (deed === '') return `Follow up with ${name}`;
  if (!VERBS.has(verb)) return `Send ${name} ${deed}`;
  if (step.helper) return `Have ${step.helper} ${deed}${deed.includes(name) ? '' : ` for ${name}`}`;
  if (deed.includes(name)) return deed;
  return /^(?:follow up|check in|touch base|circle back|talk|speak|catch up|confirm|meet|schedule|set up|book|reconnect|review|discuss|call|get back)\b/i.test(
    deed,
  )
    ? `${deed} with ${name}`.replace(/^(call|get back) with /i, (_, word: string) => (/^call/i.test(word) ? `${word} ` : `${word} to `))
    : `${deed} for ${name}`;
}

/** The deed in the speaker's own spelling, without its due words and without what only explains it. */
function deedWords(step: Step): string {
  if (step.deed === '') return '';
  const { text } = step.said;
  const verb = /^\S+/.exec(step.deed)?.[0] ?? '';
  const nth = count(step.said.lean.slice(0, step.deedAt), verb);
  const places = [...straighten(text).matchAll(/[\p{L}\p{N}$][\p{L}\p{N}']*/giu)].filter(
    (hit) => normalise(hit[0]).split(' ').includes(verb) || hit[0].toLowerCase() === verb,
  );
  const at = (places[nth] ?? places[0])?.index;
  if (at === undefined) return step.deed;
  const due = step.due && step.due.start >= at ? step.due : undefined;
  const whole = due ? `${text.slice(at, due.start)} ${text.slice(due.end)}` : text.slice(at);
  return (
    straighten(whole)
      .replace(/\s+/g, ' ')
      .split(
        /[.;!?\u2014]|\s-\s|,? (?:but|because|since|although|so (?:that|you|we|i|they)|if|unless|when|once|which|and (?:then )?(?:i|we|you|he|she|they|see|let|that|maybe)(?='|\s)|and (?:i|we)'ll|whenever|okay|alright|right|thanks|thank you)\b/i,
      )[0]
      ?.replace(/\b(?:um+|uh+|just|also|then|actually|really|maybe|probably|please|definitely)\b ?/gi, '')
      .replace(/(?:\s*,)?\s*(?:by|on|at|before|in|for|and|or|to|the)?\s*,?\s*$/i, '')
      .replace(/\s+([,.])/g, '$1')
      .trim() ?? ''
  );
}

const asRepSpoke = (deed: string, name: string, theirs: boolean): string => {
  const told = swap(deed, [
    ['your', theirs ? 'their' : `${name}'s`],
    ['you', name],
    ['me', theirs ? 'you' : 'me'],
    ['my', theirs ? 'your' : 'my'],
  ]);
  return theirs
    ? told.replace(new RegExp(`^${literal(name)}\\b ?`), '')
    : told.replace(new RegExp(`\\b${literal(name)} (guys|all|both)\\b`), name);
};

const asCustomerSpoke = (deed: string, name: string, theirs: boolean): string =>
  swap(deed, [
    ['me', name],
    ['us', name],
    ['my', theirs ? 'their' : `${name}'s`],
    ['our', theirs ? 'their' : `${name}'s`],
  ]);

function swap(text: string, pairs: readonly (readonly [string, string])[]): string {
  const map = new Map(pairs);
  return text.replace(/[a-z']+/gi, (word) => map.get(word.toLowerCase()) ?? word);
}

const count = (text: string, word: string): number => text.split(' ').filter((one) => one === word).length;
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const cap = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const TEXT_MAX = 110;
function clip(text: string): string {
  if (text.length <= TEXT_MAX) return text;
  return text.slice(0, text.lastIndexOf(' ', TEXT_MAX) > 0 ? text.lastIndexOf(' ', TEXT_MAX) : TEXT_MAX).replace(/[\s,]+$/, '');
}

const MEETS = new Set('meet talk speak chat connect reconnect follow touch circle regroup catch'.split(' '));
const VERBS = new Set(
  'send email e mail text forward share shoot drop submit provide circulate pass deliver resend attach include copy upload return fill complete sign call ring phone ping message follow get come circle reach touch check reconnect regroup contact write reply respond report let update confirm be keep catch hop jump talk speak discuss run loop ask consult introduce connect put bring take present pitch invite involve have sync meet schedule reschedule book set arrange plan organize organise coordinate block hold reserve prepare draft draw build work pull gather compile generate make review look read go evaluate test try double find research kick place pay transfer register download move proceed finalize finalise initiate approve push bump add issue revise donate visit stop swing join attend chat continue pick think reconvene grab give'.split(
    ' ',
  ),
);
