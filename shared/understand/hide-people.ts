import type { Evidence, Utterance } from '../contracts/transcript.ts';
import { plain } from '../kit/ids.ts';
import { type PersonalKind, personalIn } from './personal.ts';
import { evidenceOf } from './said.ts';

/** A transcript in which people are signs, and the way back. Lives as long as one analysis; nothing of it is stored or logged. */
export interface Hidden {
  /** The same turns with the same seqs and times; `[P1]` stands for a person, `[EMAIL1]`, `[PHONE1]`, `[CARD1]` … for what was said. */
  utterances: Utterance[];
  /** A proof found in the hidden transcript, in the words of the real one; undefined when it is not from there. */
  shown(evidence: Evidence): Evidence | undefined;
  /** A sentence of the model's with names for people and plain words for the rest; undefined when it holds a sign we never gave. */
  named(text: string): string | undefined;
}

/** `names` are the people of the call and the record, in whole; parts of them are known too. */
export function hidePeople(utterances: readonly Utterance[], names: readonly string[]): Hidden {
  const people = peopleOf(names);
  const given = new Map<string, string>();
  const numbers = new Map<PersonalKind, number>();
  const signOf = (kind: PersonalKind, said: string): string => {
    const key = `${kind} ${said.toLowerCase().replace(/[\s().-]/g, '')}`;
    const known = given.get(key);
    if (known) return known;
    const nth = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, nth);
    const sign = `[${kind.toUpperCase()}${nth}]`;
    given.set(key, sign);
    return sign;
  };
  const spoken = new Map<string, string>(people.map(({ sign, called }) => [sign, called]));
  const kept = new Map<number, { real: Utterance; hidden: Utterance; pieces: Piece[] }>();
  const hidden = utterances.map((real) => {
    const { text, pieces } = hide(real.text, people, signOf);
    const shown = { ...real, text, speaker: signOfSpeaker(real.speaker, people) };
    kept.set(real.seq, { real, hidden: shown, pieces });
    return shown;
  });

  return {
    utterances: hidden,
    shown(evidence) {
      const held = kept.get(evidence.seq);
      if (!held) return undefined;
      const { real, hidden: from, pieces } = held;
      let found: Evidence | undefined;
      // The same words may stand twice in a turn; the time says which of them was meant.
      for (let at = from.text.indexOf(evidence.quote); at >= 0; at = from.text.indexOf(evidence.quote, at + 1)) {
        const end = at + evidence.quote.length;
        const back = evidenceOf(real, realPlace(pieces, at, false), realPlace(pieces, end, true));
        found ??= back;
        if (evidenceOf(from, at, end).startMs === evidence.startMs) return back;
      }
      return found;
    },
    named(text) {
      let isKnown = true;
      const named = text.replace(SIGN, (sign, kind: string) => {
        const called = spoken.get(sign.toUpperCase());
        if (called !== undefined) return called;
        const words = WORDS[kind.toLowerCase()];
        if (words === undefined || ![...given.values()].includes(sign.toUpperCase())) isKnown = false;
        return words ?? '';
      });
      return isKnown ? named : undefined;
    },
  };
}

interface Person {
  sign: string;
  /** How a sentence of ours calls them. */
  called: string;
  /** The words of the whole name, as `plain` writes them. */
  words: string[];
}

interface Piece {
  /** Where the sign stands in the hidden text. */
  from: number;
  to: number;
  /** Where the words stood. */
  start: number;
  end: number;
}

function peopleOf(names: readonly string[]): Person[] {
  const people: Person[] = [];
  for (const name of names) {
    const words = plain(name)
      .split(' ')
      .filter((word) => word !== '' && !TITLES.has(word));
    if (words.length === 0 || words.length > 6 || words.every((word) => NOBODY.has(word) || /^\d+$/.test(word))) continue;
    // "Maya" and "Maya Lindqvist" are one person, unless two share the name.
    const same = people.find((one) => isWithin(words, one.words) || isWithin(one.words, words));
    if (same) {
      if (words.length > same.words.length) {
        same.words = words;
        same.called = calledOf(name);
      }
      continue;
    }
    people.push({ sign: `[P${people.length + 1}]`, called: calledOf(name), words });
    if (people.length >= PEOPLE_MAX) break;
  }
  return people;
}

const isWithin = (few: readonly string[], many: readonly string[]): boolean => few.every((word) => many.includes(word));

function calledOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return (TITLES.has(plain(words[0] ?? '')) ? words.slice(0, 2).join(' ') : words[0]) ?? name;
}

/** Every known name and everything personal in a text replaced by its sign; a sign keeps its place in the sentence. */
function hide(text: string, people: readonly Person[], signOf: (kind: PersonalKind, said: string) => string) {
  const found: { start: number; end: number; sign: string }[] = personalIn(text).map(({ kind, start, end }) => ({
    start,
    end,
    sign: signOf(kind, text.slice(start, end)),
  }));
  for (const one of namesIn(text, people)) if (!found.some((held) => one.start < held.end && one.end > held.start)) found.push(one);
  const pieces: Piece[] = [];
  let out = '';
  let at = 0;
  for (const { start, end, sign } of found.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(at, start);
    pieces.push({ from: out.length, to: out.length + sign.length, start, end });
    out += sign;
    at = end;
  }
  return { text: out + text.slice(at), pieces };
}

function namesIn(text: string, people: readonly Person[]): { start: number; end: number; sign: string }[] {
  if (people.length === 0) return [];
  const hasCase = /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text);
  const byWord = new Map<string, Person>();
  for (const person of people) for (const word of person.words) if (word.length > 1 && !byWord.has(word)) byWord.set(word, person);
  const words = [...text.matchAll(/\p{L}[\p{L}\p{M}]*/gu)].map((hit) => ({
    start: hit.index,
    end: hit.index + hit[0].length,
    isCap: /^\p{Lu}/u.test(hit[0]),
    person: byWord.get(plain(hit[0])),
    word: plain(hit[0]),
  }));
  const found: { start: number; end: number; sign: string }[] = [];
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (!first?.person) continue;
    let last = first;
    while (words[at + 1]?.person === first.person && /^[\s.'’-]{1,2}$/.test(text.slice(last.end, words[at + 1]?.start))) {
      at++;
      last = words[at] ?? last;
    }
    const isAlone = last === first;
    // "Will you sign" is no Will: a name that is also a word counts only where a capital shows it.
    const inSentence = /[\p{L},] $/u.test(text.slice(Math.max(0, first.start - 2), first.start));
    if (isAlone && ALSO_WORDS.has(first.word) && !(hasCase && first.isCap && inSentence)) continue;
    found.push({ start: first.start, end: last.end, sign: first.person.sign });
  }
  return found;
}

/** Inside a sign the whole of what it stands for is meant. */
function realPlace(pieces: readonly Piece[], at: number, isEnd: boolean): number {
  let shift = 0;
  for (const { from, to, start, end } of pieces) {
    if (at < from || (at === from && !isEnd)) break;
    if (at === from && isEnd) return start;
    if (at < to || (at === to && isEnd)) return isEnd ? end : start;
    shift = end - to;
  }
  return at + shift;
}

const signOfSpeaker = (speaker: string, people: readonly Person[]): string => {
  const words = plain(speaker).split(' ');
  return people.find((one) => isWithin(words, one.words) || isWithin(one.words, words))?.sign ?? 'somebody';
};

const PEOPLE_MAX = 200;
const SIGN = /\[?\b(P|EMAIL|PHONE|CARD|IBAN|SSN|SECRET|NUMBER)\d{1,4}\]/gi;
const WORDS: Record<string, string> = {
  email: 'the email address',
  phone: 'the phone number',
  card: 'the card number',
  iban: 'the account number',
  ssn: 'the social security number',
  secret: 'the password',
  number: 'the number',
};
const TITLES = new Set('mr mrs ms miss dr prof professor sir madam herr frau'.split(' '));
const NOBODY = new Set(
  'the customer rep speaker participant caller prospect client buyer agent seller user unknown guest me you somebody erased'.split(' '),
);
const ALSO_WORDS = new Set(
  'will mark grace bill may rose drew chase art frank june april august hope faith joy summer dawn rich sue pat jack rob bob ray gene miles price young long short page banks fields woods stone day case park hall king marsh cook baker mason hunter carter cash penny ruby amber pearl jade iris lily ivy daisy violet sky star max min dean earl duke major wise good best sharp strong swift grant guy don ben van de la el da al an in so do can be are is am to and or of no yes see sees sea lane love lee li he she it we ma my on at as by go up'.split(
    ' ',
  ),
);
