import type { Influence, Person } from '../contracts/need.ts';
import { DEPARTMENT, sayTitle, TITLE } from './job-titles.ts';
import { evidenceOf, type Said } from './said.ts';
import { straighten } from './tokenise.ts';

/** The people of the customer's side: those who spoke and said what they do, and those whom a customer named with a part in it. */
export function peopleSaid(said: readonly Said[], notThese: readonly string[]): Person[] {
  const strangers = new Set(notThese.flatMap((name) => name.toLowerCase().split(/\s+/)));
  const found = said.flatMap((one) =>
    one.utterance.role === 'rep' || one.lean === ''
      ? []
      : [...named(one), ...speaking(one)].filter(({ name }) => !strangers.has(name.toLowerCase().split(' ')[0] ?? '')),
  );
  return joined(found).slice(0, PEOPLE_MAX);
}

/** Somebody named with a title, a department, an introduction or a part in the decision; read from the words on both sides of the name. */
function named(one: Said): Person[] {
  const text = straighten(one.text.slice(0, TEXT_MAX));
  return [...text.matchAll(NAME)].flatMap((hit) => {
    const words = hit[0].replace(/'s$/, '').split(' ');
    while (words.length > 0 && !isName(words[0] ?? '')) words.shift();
    const name = words.slice(0, 3).join(' ');
    if (!isName(name)) return [];
    const start = hit.index + hit[0].indexOf(name);
    const left = text
      .slice(Math.max(0, start - AROUND), start)
      .toLowerCase()
      .replaceAll('-', ' ');
    const right = text
      .slice(start + name.length, start + name.length + AROUND)
      .toLowerCase()
      .replaceAll('-', ' ');
    const influence = one.isQuestion ? 'unknown' : partOf(left, right);
    const title = TITLED_LEFT.exec(left)?.[1] ?? TITLED_RIGHT.exec(right)?.[1] ?? PLACED_RIGHT.exec(right)?.[1];
    const introduces =
      INTRODUCES.test(left) || (/\b(?:loop|bring|pull|rope|get) $/.test(left) && /^ (?:in|into|on|involved|onto)\b/.test(right));
    if (title === undefined && influence === 'unknown' && !introduces && !MENTIONS.test(left)) return [];
    return [
      {
        name,
        ...(title ? { role: sayTitle(title) } : {}),
        influence,
        ...(introduces && !one.isQuestion ? { introducedBy: one.utterance.speaker } : {}),
        confidence: one.utterance.role === 'customer' ? 0.85 : 0.6,
        evidence: evidenceOf(one.utterance, one.start, one.end),
      },
    ];
  });
}

const partOf = (left: string, right: string): Influence =>
  DECIDES_LEFT.test(left) || DECIDES.test(right)
    ? 'economic_buyer'
    : BLOCKS.test(right)
      ? 'blocker'
      : BACKS.test(right)
        ? 'champion'
        : USES.test(right)
          ? 'user'
          : 'unknown';

/** "I'm the head of operations", "I run procurement", "I'll take this to the board". */
function speaking(one: Said): Person[] {
  const { speaker, role } = one.utterance;
  if (role !== 'customer' || one.isQuestion || !isName(speaker)) return [];
  const text = straighten(one.text.slice(0, TEXT_MAX)).toLowerCase().replaceAll('-', ' ');
  const title = SELF_TITLE.exec(text)?.[1] ?? (SELF_RUNS.exec(text)?.[1] ? `runs ${SELF_RUNS.exec(text)?.[1]}` : undefined);
  const influence: Influence = SELF_DECIDES.test(text) ? 'economic_buyer' : SELF_PUSHES.test(text) ? 'champion' : 'unknown';
  if (title === undefined && influence === 'unknown') return [];
  return [
    {
      name: speaker,
      ...(title ? { role: sayTitle(title) } : {}),
      influence,
      confidence: 0.85,
      evidence: evidenceOf(one.utterance, one.start, one.end),
    },
  ];
}

/** One entry a person: "Dana" and "Dana Reyes" are the same; the proof is the sentence that says most about them. */
function joined(found: readonly Person[]): Person[] {
  const people: Person[] = [];
  for (const one of found) {
    const at = people.findIndex((held) => isSame(held.name, one.name));
    const held = people[at];
    if (!held) {
      people.push(one);
      continue;
    }
    const isMore =
      RANK[one.influence] > RANK[held.influence] || (!held.role && one.role !== undefined && RANK[one.influence] === RANK[held.influence]);
    const introducedBy = held.introducedBy ?? one.introducedBy;
    const role = held.role ?? one.role;
    people[at] = {
      name: one.name.length > held.name.length ? one.name : held.name,
      ...(role ? { role } : {}),
      influence: stronger(one.influence, held.influence),
      ...(introducedBy ? { introducedBy } : {}),
      confidence: Math.max(one.confidence, held.confidence),
      evidence: isMore ? one.evidence : held.evidence,
    };
  }
  return people;
}

const isSame = (a: string, b: string): boolean => {
  const [one, other] = [a.toLowerCase().split(' '), b.toLowerCase().split(' ')];
  const shorter = one.length < other.length ? one : other;
  const longer = one.length < other.length ? other : one;
  return shorter[0] === longer[0] && shorter.every((word) => longer.includes(word));
};

const RANK: Record<Influence, number> = { unknown: 0, user: 1, coach: 2, blocker: 3, champion: 4, economic_buyer: 5 };
const stronger = (a: Influence, b: Influence): Influence => (RANK[a] >= RANK[b] ? a : b);

const isName = (name: string): boolean => {
  const words = name.toLowerCase().split(' ');
  return name.length > 1 && !/\d/.test(name) && !words.some((word) => NO_NAME.has(word));
};

/** A longer sentence is nobody's speech. */
const TEXT_MAX = 800;
const PEOPLE_MAX = 30;
/** So many letters on each side of a name are read. */
const AROUND = 80;
const NAME = /\p{Lu}\p{Ll}[\p{L}'-]*(?: (?:de |van |von |del |da )?\p{Lu}[\p{L}'-]+){0,4}/gu;

const TITLED_LEFT = new RegExp(`\\b(?:my|our|their|the) (${TITLE}),? (?:is |named |called |that's |who is |who's )?$`);
const TITLED_RIGHT = new RegExp(`^,? ?(?:who is |who's |is |she's |he's |'s )?(?:my|our|their|the) (${TITLE})\\b`);
const PLACED_RIGHT = new RegExp(
  `^,? (?:from|over in|in|on|who (?:runs|leads|heads(?: up)?|manages|handles|owns|oversees)|runs|leads|heads(?: up)?|manages|oversees|is in charge of|is responsible for)(?: our| the)? (${DEPARTMENT})\\b`,
);
const INTRODUCES = new RegExp(
  `\\b(?:(?:loop|bring|pull|rope) in|(?:introduce|connect|intro) (?:you|us) (?:to|with)|put you in touch with|get you (?:in touch|connected) with) (?:my |our )?(?:${TITLE},? )?$`,
);
const MENTIONS =
  /\b(?:i report to|reports? to|check with|run (?:it|this|that) (?:by|past)|(?:talk(?:ed)?|speak) (?:to|with)|need to (?:involve|include|ask)|have to ask|copy|cc|buy ?in from|okay from) (?:my |our )?$/;
const DECIDES_LEFT =
  /\b(?:(?:approval|sign ?off|final say|final decision|decision|budget) (?:comes |is |rests |sits |lies )?(?:from|with|up to|made by)|up to) (?:my |our )?(?:[a-z]+,? )?$/;
const DECIDES =
  /^,? (?:(?:also|usually|always|really|ultimately|actually) )?(?:makes the (?:final )?(?:decision|call)|has (?:the )?(?:final|last) (?:say|word)|signs off|signs (?:the|all)|(?:has|needs) to (?:sign|approve)|will (?:sign|approve)|approves|decides|(?:holds|controls|owns) the (?:budget|purse|money)|is the (?:decision ?maker|one who (?:decides|signs|approves))|gives the (?:final )?(?:okay|green light|approval))\b/;
const BLOCKS =
  /^,? ?(?:is |was |has been |'s )?(?:not (?:a (?:big )?fan|convinced|sold|happy about|on board|keen)|isn't (?:a (?:big )?fan|convinced|sold|on board|keen)|against (?:it|this|changing|switching|the)|skeptical|sceptical|resist(?:s|ing|ant)|push(?:es|ing) back|hesitant|reluctant|opposed|blocking)\b/;
const BACKS =
  /^,? ?(?:is |was |has been |'s )?(?:(?:a )?(?:huge|big) fan|(?:really |very |super |so )?(?:excited about|behind (?:this|it)|pushing (?:for|hard)|championing|all for)|loves (?:it|this|the idea|what)|really (?:wants|likes) (?:this|it)|wants this)\b/;
const USES = /^,? (?:uses|would use|will use|would be using|will be using|works (?:with|in) it|lives in)\b/;

const SELF_TITLE = new RegExp(`\\b(?:i'm|i am|i work as|i serve as)(?: (?:the|a|an|your|our|their))? (${TITLE})\\b`);
const SELF_RUNS = new RegExp(
  `\\bi (?:run|lead|head(?: up)?|manage|oversee|am in charge of|am responsible for)(?: (?:our|the|all))? (${DEPARTMENT})\\b`,
);
const SELF_DECIDES =
  /\b(?:i(?:'m| am) the (?:one who (?:decides|signs|approves)|decision ?-?maker)|i (?:make|get to make) the (?:final )?(?:decision|call)|i have (?:the )?final say|(?:it's|it is|that's|that is) my (?:call|decision)|i (?:hold|own|control) the budget|i sign off|i can (?:approve|sign) (?:it|this|that))\b/;
const SELF_PUSHES =
  /\b(?:i(?:'ll| will|'m going to| am going to|'m happy to|'d be happy to)(?: [a-z]+)? (?:push (?:for|this|it)|champion|make the case|advocate|fight for|go to bat|sell (?:this|it) (?:internally|to)|pitch (?:this|it) to|present (?:this|it) to (?:the|our|my)|take (?:this|it) to (?:the|our|my) (?:board|ceo|cfo|boss|team|leadership|manager|director|partners)|get (?:them|him|her|everyone|everybody|the team|leadership) on board))\b/;

const NO_NAME = new Set(
  'i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december q1 q2 q3 q4 the we you they he she that this it yes no okay ok so and but now well right look listen thanks thank sure great hi hello hey good morning our my their your his her its what who when where why how if then also actually honestly maybe yeah speaker customer prospect client buyer caller guest unknown person everyone everybody someone somebody nobody anyone people team sales marketing finance legal procurement operations security engineering product support crm it hr board ceo cfo cto coo vp director manager english christmas thanksgiving because with for from to in on at not one two three both neither either each all most some google microsoft salesforce hubspot slack zoom excel outlook teams amazon apple linkedin let please is are was were do does did can could would should will'.split(
    ' ',
  ),
);
