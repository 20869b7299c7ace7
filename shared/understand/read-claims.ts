import type * as z from 'zod/mini';
import type { Insight } from '../contracts/insight.ts';
import type { Need, Person } from '../contracts/need.ts';
import type { Evidence, Role, Utterance } from '../contracts/transcript.ts';
import { plain } from '../kit/ids.ts';
import { cleanLine } from './clean-line.ts';
import { dueAt } from './due.ts';
import { dueText } from './due-text.ts';
import { harmlessName } from './harmless.ts';
import { type Hidden, hidePeople } from './hide-people.ts';
import { claimShapes, type Family, families } from './model-schema.ts';
import { callWords, isGrounded, ownWords } from './own-words.ts';
import { derives } from './quotes/derive.ts';
import { readWords } from './quotes/read-words.ts';
import { tokens } from './tokenise.ts';
import { verifyAssent } from './verify-assent.ts';
import { indexTranscript, type TranscriptIndex, type Verified, verifyIn } from './verify-quote.ts';

/** A call as the model path is given it. `utterances` are harmless ones, in order. */
export interface ModelCall {
  utterances: readonly Utterance[];
  /** ISO 8601. */
  startedAt: string;
  /** IANA name. */
  timeZone: string;
  repName: string;
  customerName: string;
  /** The tenant's own list, in the order in which it is sent. */
  competitors: readonly string[];
  /** Further names of the record: they are hidden as well. */
  people?: readonly string[];
}

/** What one analysis by a model stands on; made once a call. */
export interface Desk {
  call: ModelCall;
  /** What the model sees, and the way back. */
  hidden: Hidden;
  index: TranscriptIndex;
  /** What was verified already: one quote often proves several claims. */
  verdicts: Map<string, Verified>;
  words: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

export interface Failing {
  family: Family;
  why: Extract<Verified, { ok: false }>['why'] | 'shape' | 'condition' | 'unnamed';
  item: unknown;
}

/** What a model said of a call and the transcript proved: the transcript's own spans, and wordings that stay with them. */
export interface Claims extends Pick<Insight, 'bullets' | 'objections' | 'nextSteps' | 'buyingSignals' | 'competitors' | 'pricing'> {
  pains: Need[];
  goals: Need[];
  people: Person[];
  intent?: Insight['intent'];
  headline?: string;
}

export function openDesk(call: ModelCall): Desk {
  const people = [call.repName, call.customerName, ...new Set(call.utterances.map((said) => said.speaker)), ...(call.people ?? [])];
  const hidden = hidePeople(call.utterances, people);
  return {
    call,
    hidden,
    index: indexTranscript(hidden.utterances),
    verdicts: new Map(),
    words: callWords([...call.utterances.map((said) => said.text), ...people, ...call.competitors]),
    names: new Set(people.flatMap((name) => plain(name).split(' '))),
  };
}

/** The claims of one answer that hold, and those that do not. Null when the answer is none of the asked shape. Never throws. */
export function readClaims(value: unknown, desk: Desk): { claims: Claims; failing: Failing[] } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const answer = new Map(Object.entries(value));
  if (!families.some((family) => Array.isArray(answer.get(family)))) return null;
  const failing: Failing[] = [];

  /** Item by item, so that a malformed claim costs only itself. */
  function each<F extends Family, T>(
    family: F,
    read: (item: z.output<(typeof claimShapes)[F]>) => T | Failing['why'],
  ): Exclude<T, string>[] {
    const list: unknown = answer.get(family);
    const kept: Exclude<T, string>[] = [];
    for (const item of Array.isArray(list) ? list.slice(0, CLAIMS_MAX) : []) {
      const parsed = claimShapes[family].safeParse(item);
      const claim = parsed.success ? read(parsed.data as z.output<(typeof claimShapes)[F]>) : 'shape';
      if (typeof claim === 'string') failing.push({ family, why: claim as Failing['why'], item: short(item) });
      else kept.push(claim as Exclude<T, string>);
    }
    return kept;
  }

  const bullets = each('bullets', (one) => {
    const proof = prove(desk, one);
    if (!proof.ok) return proof.why;
    return {
      text: wording(desk, one.text, proof.evidence, BULLET_MAX) ?? ownWords(proof.evidence.quote, BULLET_MAX),
      evidence: proof.evidence,
    };
  });
  const objections = each('objections', (one) => {
    const proof = prove(desk, one, 'customer');
    return proof.ok
      ? { type: one.type, confidence: proof.sure ? proof.best : Math.min(0.7, proof.best), evidence: proof.evidence, ...askedOf(proof) }
      : proof.why;
  });
  const buyingSignals = each('buyingSignals', (one) => {
    const proof = prove(desk, one, 'customer');
    if (!proof.ok) return proof.why;
    // "If they agree, we will sign" is no commitment yet.
    if (one.type === 'commit' && proof.isConditional) return 'condition';
    // "Could you send us a quote?" is meant, though it is a question.
    const sure = proof.sure || (proof.isAsked && (one.type === 'purchase_q' || one.type === 'request'));
    return { type: one.type, confidence: sure ? proof.best : Math.min(0.6, proof.best), evidence: proof.evidence, ...askedOf(proof) };
  });
  const competitors = each('competitors', (one) => {
    const proof = prove(desk, one);
    if (!proof.ok) return proof.why;
    const name = rivalIn(proof.evidence.quote, one, desk);
    return name === undefined ? 'unnamed' : { name, confidence: proof.best, evidence: proof.evidence };
  });
  const pricing = each('pricing', (one) => {
    const proof = prove(desk, one);
    return proof.ok ? { confidence: proof.best, evidence: proof.evidence } : proof.why;
  });
  const nextSteps = each('nextSteps', (one) => {
    const proof = prove(desk, one);
    if (!proof.ok) return proof.why;
    const { evidence } = proof;
    const said = wording(desk, one.text, evidence, STEP_MAX);
    const { due, at, isOther } = dueIn(desk, one.dueText, evidence.quote);
    // A promise for somebody else, a meeting that is none, or words that are not the speaker's are for a person to decide on.
    const foreign = evidence.role === 'other' || (one.owner === 'both' ? !MEETING.test(evidence.quote) : evidence.role !== one.owner);
    const hedged = !proof.sure || foreign || isOther || said === undefined;
    return {
      text: said ?? ownWords(evidence.quote, STEP_MAX),
      owner: one.owner,
      ...(due ? { dueText: due } : {}),
      ...(at ? { dueAt: at } : {}),
      hedged,
      confidence: hedged ? Math.min(0.7, proof.best) : proof.best,
      evidence,
    };
  });
  const needs = (family: 'pains' | 'goals') =>
    each(family, (one) => {
      const proof = prove(desk, one, 'customer');
      if (!proof.ok) return proof.why;
      const said = { ...proof.evidence, quote: [proof.asked?.quote, proof.evidence.quote].filter(Boolean).join(' ') };
      const text = wording(desk, one.text, said, BULLET_MAX);
      return {
        ...(text === undefined ? {} : { text }),
        isMeasured: tokens(said.quote).some((token) => token.text.startsWith('#')),
        confidence: proof.sure ? proof.best : Math.min(0.7, proof.best),
        evidence: proof.evidence,
        ...askedOf(proof),
      };
    });
  const pains = needs('pains');
  const goals = needs('goals');
  const people = each('people', (one) => {
    const proof = prove(desk, one);
    if (!proof.ok) return proof.why;
    const { quote } = proof.evidence;
    const name = inQuote(quote, desk.hidden.named(one.name) ?? '');
    if (name === undefined || !isName(name, quote)) return 'unnamed';
    const role = one.role === undefined ? undefined : inQuote(quote, one.role);
    return {
      name,
      ...(role !== undefined && role.length <= ROLE_MAX ? { role } : {}),
      influence: one.influence,
      confidence: proof.best,
      evidence: proof.evidence,
    };
  });

  const intent = INTENTS.find((one) => one === answer.get('intent'));
  const head = claimShapes.bullets.safeParse(answer.get('headline'));
  const proof = head.success ? prove(desk, head.data) : undefined;
  const headline = head.success && proof?.ok ? wording(desk, head.data.text, proof.evidence, HEADLINE_MAX) : undefined;
  return {
    claims: {
      bullets,
      objections,
      nextSteps,
      buyingSignals,
      competitors,
      pricing,
      pains,
      goals,
      people,
      ...(intent ? { intent } : {}),
      ...(headline ? { headline } : {}),
    },
    failing,
  };
}

type Proof =
  | {
      ok: true;
      evidence: Evidence;
      /** The rep's question, where `evidence` is the customer's yes to it. */
      asked?: Evidence;
      sure: boolean;
      isAsked: boolean;
      isConditional: boolean;
      best: number;
    }
  | { ok: false; why: Extract<Verified, { ok: false }>['why'] };

/** Proved in the words the model saw; kept in the words that were said. */
function prove({ call, hidden, index, verdicts }: Desk, { quote, turn }: { quote: string; turn: number }, role?: Role): Proof {
  const key = `${role ?? ''} ${turn} ${quote}`;
  const verdict = verdicts.get(key) ?? verified(hidden.utterances, index, { quote, seq: turn, ...(role ? { role } : {}) });
  verdicts.set(key, verdict);
  if (!verdict.ok)
    return role === 'customer' && verdict.why === 'speaker' ? (assented({ call, hidden, index }, quote, turn) ?? verdict) : verdict;
  const evidence = hidden.shown(verdict.evidence);
  if (!evidence || (evidence.quote.match(/\S+/g)?.length ?? 0) > QUOTE_WORDS_MAX) return { ok: false, why: 'absent' };
  const heard = call.utterances.find((said) => said.seq === evidence.seq)?.confidence ?? 1;
  return {
    ok: true,
    evidence,
    sure: verdict.caution.length === 0,
    isAsked: verdict.caution.every((word) => word === 'question' || /^(?:could|would|can)$/.test(word)),
    isConditional: verdict.caution.some((word) => CONDITION.test(word)),
    best: Math.min(0.9, heard),
  };
}

/** What the rep asked and the customer said yes to at once: the two together are the customer's word. */
function assented({ call, hidden, index }: Pick<Desk, 'call' | 'hidden' | 'index'>, question: string, seq: number): Proof | undefined {
  const assent = verifyAssent(index, { question, seq });
  if (!assent.ok) return undefined;
  const [asked, evidence] = [hidden.shown(assent.question), hidden.shown(assent.answer)];
  if (!asked || !evidence || asked.quote.split(/\s+/).length > QUOTE_WORDS_MAX) return undefined;
  const heard = [asked, evidence].map((one) => call.utterances.find((said) => said.seq === one.seq)?.confidence ?? 1);
  return {
    ok: true,
    evidence,
    asked,
    sure: assent.caution.length === 0,
    isAsked: false,
    isConditional: assent.caution.length > 0,
    best: Math.min(0.8, ...heard),
  };
}

const askedOf = ({ asked }: Extract<Proof, { ok: true }>): { asked?: Evidence } => (asked ? { asked } : {});

/**
 * The time of a step. Of the quote's words a model may pick out a piece that means another day than they do ("tomorrow" out of "not
 * tomorrow, in two weeks"): then the words count, and a person decides.
 */
function dueIn({ call }: Desk, picked: string | undefined, quote: string): { due?: string; at?: string; isOther: boolean } {
  const { startedAt, timeZone } = call;
  const own = dueText(quote)?.text;
  const due = inQuote(quote, picked ?? '') ?? own;
  const at = due && dueAt(due, startedAt, timeZone);
  if (!due || !at) return { ...(due ? { due } : {}), isOther: false };
  if (derives({ kind: 'date', date: at, startedAt, timeZone }, quote)) return { due, at, isOther: false };
  const meant = own && dueAt(own, startedAt, timeZone);
  return { ...(own ? { due: own } : {}), ...(meant ? { at: meant } : {}), isOther: true };
}

/**
 * Words that stand in the named turn one after the other need no search through the call, which may end them in somebody else's. What
 * only this shows is never sure.
 */
function verified(utterances: readonly Utterance[], index: TranscriptIndex, claim: { quote: string; seq: number; role?: Role }): Verified {
  const verdict = verifyIn(index, claim);
  const turn = utterances.find((said) => said.seq === claim.seq);
  if (verdict.ok || !turn || !` ${plain(turn.text)} `.includes(` ${plain(claim.quote)} `)) return verdict;
  const alone = verifyIn(indexTranscript([turn]), claim);
  return alone.ok ? { ...alone, caution: [...alone.caution, 'unsure'] } : verdict;
}

/** The model's sentence, cleaned, when it says no more than the quote does; undefined when it is not to be trusted. */
function wording(desk: Desk, text: string, { quote, role }: Evidence, charsMax: number): string | undefined {
  const line = cleanLine(desk.hidden.named(text) ?? '', charsMax, quote);
  if (line === '' || !isGrounded(line, quote, desk.words)) return undefined;
  const figures = new Set(tokens(quote).map((token) => token.text));
  if (tokens(line).some((token) => token.text.startsWith('#') && !SMALL.has(token.raw) && !figures.has(token.text))) return undefined;
  if (readWords(line).some((word) => !isDerived(word, quote))) return undefined;
  const quoted = new Set(plain(quote).split(' '));
  const isNamed = (name: string): boolean =>
    plain(name)
      .split(' ')
      .every((word) => quoted.has(word) || desk.names.has(word));
  if ([...line.matchAll(/(?<=[\p{L}\p{N},;)] )\p{Lu}[\p{L}\p{N}]+/gu)].some(([name]) => !isNamed(name))) return undefined;
  // What the rep said is not the customer's doing.
  const [first = ''] = plain(line).split(' ');
  const isTheirs = first !== '' && (plain(desk.call.customerName).split(' ').includes(first) || THEY.test(line));
  return role === 'rep' && isTheirs ? undefined : line;
}

/** A share or a sum of money means what the quote's own words do: twelve percent are no twelve dollars. */
function isDerived({ text, money }: ReturnType<typeof readWords>[number], quote: string): boolean {
  const figure = /^#(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (!figure) return true;
  if (figure[2]) return derives({ kind: 'percent', percent: Number(figure[1]) }, quote);
  const currency = CURRENCIES.get(money ?? '');
  return currency === undefined || derives({ kind: 'amount', amount: Number(figure[1]), currency }, quote);
}

function rivalIn(quote: string, { name, listed }: { name: string; listed: number }, { call, hidden, names }: Desk): string | undefined {
  const known = call.competitors[listed];
  if (known !== undefined && derives({ kind: 'competitor', name: known, aliases: [] }, quote)) return harmlessName(known);
  const said = inQuote(quote, hidden.named(name) ?? '');
  if (said === undefined || !isName(said, quote)) return undefined;
  return plain(said)
    .split(' ')
    .every((word) => names.has(word))
    ? undefined
    : said;
}

/** The words as they stand in the quote, whole; undefined when they do not. */
function inQuote(quote: string, words: string): string | undefined {
  const wanted = words.trim();
  if (wanted.length < 2) return undefined;
  const at = quote.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0 || /[\p{L}\p{N}]/u.test(quote[at - 1] ?? '') || /[\p{L}\p{N}]/u.test(quote[at + wanted.length] ?? '')) return undefined;
  return quote.slice(at, at + wanted.length);
}

/** A short run of name-like words: capitals where the speech has any, and no half sentence. */
function isName(name: string, quote: string): boolean {
  const words = name.split(/\s+/);
  if (words.length > 4 || name.length > 40 || !/^[\p{L}\p{N}][\p{L}\p{N} .&'’+-]*$/u.test(name)) return false;
  const hasCase = /\p{Lu}/u.test(quote) && /\p{Ll}/u.test(quote);
  if (!hasCase) return words.length <= 3 && !words.some((word) => NO_NAME.test(word));
  return words.every((word, at) => /^[\p{Lu}\p{N}]/u.test(word) || (at > 0 && /^(?:of|and|the|de|van|von|&)$/.test(word)));
}

const short = (item: unknown): unknown => {
  const text = JSON.stringify(item) ?? '';
  return text.length > ITEM_CHARS ? text.slice(0, ITEM_CHARS) : item;
};

const CLAIMS_MAX = 200;
const QUOTE_WORDS_MAX = 40;
const BULLET_MAX = 160;
const STEP_MAX = 110;
const HEADLINE_MAX = 120;
const ROLE_MAX = 60;
const ITEM_CHARS = 700;
const INTENTS = ['discovery', 'demo', 'objection', 'close', 'renewal'] as const;
const CURRENCIES = new Map([
  ['dollar', 'USD'],
  ['euro', 'EUR'],
  ['pound', 'GBP'],
  ['rupee', 'INR'],
]);
const SMALL = new Set(['one', 'two']);
const CONDITION = /^(?:if|unless|until|provided|depends|depending|pending|whether|taken back|reported|question|not|no|never|[a-z]+n't)$/;
const MEETING =
  /\b(?:meet\w*|call|calls|talk\w*|speak\w*|chat\w*|connect\w*|sync\w*|catch|demo\w*|session|review\w*|walk\w*|workshop|visit|invite|calendar|schedul\w*|book\w*|zoom|teams|appointment|together|both|regroup\w*|reconvene|circle|touch|follow|let['’]?s|kick\w*|on ?site|hop|jump|see you|works? for)\b/i;
const THEY = /^(?:they|she|he|the (?:customer|prospect|client|buyer|team)|customer|prospect|client|buyer)\b/i;
const NO_NAME =
  /^(?:the|a|an|and|or|but|to|of|in|on|at|for|with|is|are|was|be|do|does|did|will|would|can|could|should|we|you|they|he|she|it|i|my|your|our|their|this|that|these|those|not|no|yes|all|any|previous|ignore|system|please|now|then|move|send|add|delete|set|make|pay)$/i;
