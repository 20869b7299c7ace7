import type { EmailFact, EmailLanguage, EmailTone, ThreadMessage } from '../../contracts/email.ts';
import type { Insight } from '../../contracts/insight.ts';
import type { Utterance } from '../../contracts/transcript.ts';
import { partsIn } from '../../kit/time.ts';
import { firstName } from '../say-promise.ts';
import { type Fact, findFacts } from './find-facts.ts';
import type { Frame } from './frame.ts';
import { frames } from './frames/frames.ts';
import { nameToSay } from './links.ts';
import { readThread, type Thread } from './read-thread.ts';
import { usedTone } from './tone.ts';
import { type Heard, whichLanguage } from './which-language.ts';

export interface EmailCall {
  repName: string;
  customerName: string;
  /** ISO 8601. */
  startedAt: string;
  /** IANA name. */
  timeZone: string;
  /** The selling company, for the signature. */
  seller?: string;
  /** Friendly unless the tenant or the rep has set another. */
  tone?: EmailTone;
}

export interface EmailDraft {
  subject: string;
  body: string;
  /** In the order of the mail. */
  facts: EmailFact[];
  language: EmailLanguage;
  tone: EmailTone;
  /** What was left out or could not be done, for the rep; fit to be read by whoever may see the call. */
  limits: string[];
}

/** What is known beside the insight; each makes the mail better and none is needed. */
export interface EmailMore {
  heard?: readonly Utterance[];
  thread?: ThreadMessage;
}

/**
 * The follow-up to a call: courtesy in words of our own, and nothing of the call but what is proved. The same call, thread and tone give
 * the same mail. Holds no link, and no name, amount or date that nobody said.
 */
export function writeEmail(call: EmailCall, insight: Insight, { heard, thread: message }: EmailMore = {}): EmailDraft {
  const tone = call.tone ?? usedTone({ mine: null, everyone: null });
  const thread = message === undefined ? null : readThread(message, call);
  const spoken = languageOf(insight, heard, thread);
  const language = spoken === 'other' || spoken === 'unknown' ? 'en' : spoken;
  const frame = frames[language];

  const { facts: found, left } = findFacts(insight, call, frame, { isEnglish: language === 'en' && spoken !== 'other', heard });
  const fresh = thread === null ? found : found.filter(({ text, evidence }) => !thread.holds(text) && !thread.holds(evidence.quote));
  const facts = short(fresh, tone);
  const limits = [
    ...(insight.limits ?? []).slice(0, LIMITS_MAX),
    ...(spoken === 'other' ? ['We do not write this customer’s language yet, so the mail is English around what was said.'] : []),
    ...counted(left.unproven, 'was left out: nothing said on the call proves it.', 'were left out: nothing said on the call proves them.'),
    ...counted(left.links, 'with a link or an address in it was left out.', 'with links or addresses in them were left out.'),
    ...counted(found.length - fresh.length, 'is in the thread already.', 'are in the thread already.'),
    ...counted(fresh.length - facts.length, 'was left out to keep the mail short.', 'were left out to keep the mail short.'),
    ...(facts.length === 0 ? ['The call left nothing to write that is proved and new, so this is a courtesy only.'] : []),
  ];
  const day = dayOf(call, frame);
  const hasSteps = facts.some(({ under }) => under !== 'asked' && under !== 'worries');
  return {
    subject: thread === null || thread.subject === '' ? frame.subject(day, hasSteps) : thread.subject,
    body: bodyOf(call, frame, { tone, thread, facts, day }),
    facts: facts.map(({ text, evidence }) => ({ text, evidence })),
    language,
    tone,
    limits,
  };
}

const LIMITS_MAX = 10;
const counted = (n: number, one: string, many: string): string[] => (n === 0 ? [] : [n === 1 ? `1 point ${one}` : `${n} points ${many}`]);

/** As they write, as they speak, or at least as they are quoted. */
function languageOf(
  { nextSteps, buyingSignals, objections, bullets }: Insight,
  heard: readonly Utterance[] = [],
  thread: Thread | null,
): Heard {
  const proofs = [nextSteps, buyingSignals, objections, bullets].flatMap((claims) => claims.map(({ evidence }) => evidence));
  const samples = [
    thread?.from === 'customer' ? [thread.own] : [],
    heard.filter(({ role }) => role === 'customer').map(({ text }) => text),
    heard.map(({ text }) => text),
    [...new Set(proofs.filter(({ role }) => role === 'customer').map(({ quote }) => quote))],
    [...new Set(proofs.map(({ quote }) => quote))],
  ];
  for (const texts of samples) {
    const language = whichLanguage(texts);
    if (language !== 'unknown') return language;
  }
  return 'unknown';
}

const most: Record<EmailTone, { steps: number; asked: number; worries: number; chars: number }> = {
  formal: { steps: 6, asked: 2, worries: 2, chars: 1_600 },
  friendly: { steps: 6, asked: 2, worries: 2, chars: 1_600 },
  brief: { steps: 4, asked: 1, worries: 0, chars: 700 },
};

/** Promises before questions before worries, in their order, as many as the tone has room for. */
function short(facts: readonly Fact[], tone: EmailTone): Fact[] {
  const room = { ...most[tone] };
  return facts.filter(({ under, text }) => {
    const kind = under === 'asked' || under === 'worries' ? under : 'steps';
    if (room[kind] === 0 || room.chars < text.length) return false;
    room[kind] -= 1;
    room.chars -= text.length;
    return true;
  });
}

function bodyOf(
  call: EmailCall,
  frame: Frame,
  { tone, thread, facts, day }: { tone: EmailTone; thread: Thread | null; facts: readonly Fact[]; day: string },
): string {
  const opening = frame.opening[thread === null ? 'new' : thread.from === 'customer' ? 'reply' : 'again'](day);
  const recap = tone === 'brief' || facts.length === 0 ? '' : ` ${frame.recap[tone]}`;
  const sections = (['rep', 'both', 'customer', 'asked', 'worries'] as const).flatMap((under) => {
    const lines = facts.filter((fact) => fact.under === under).map(({ text }) => `- ${text}`);
    return lines.length === 0 ? [] : [[frame.heads[under], ...lines].join('\n')];
  });
  const rep = nameToSay(call.repName);
  const seller = nameToSay(call.seller ?? '');
  const signature = [frame.sign[tone], frame.isFirstName(tone) ? firstName(rep) : rep, seller].filter((line) => line !== '');
  return [
    frame.greet(nameOf(call, frame, tone, thread), tone),
    `${opening}${recap}`,
    ...sections,
    ...(tone === 'brief' || facts.length === 0 ? [] : [frame.check[tone]]),
    signature.join('\n'),
  ].join('\n\n');
}

/** As they sign; by the first name alone only where that is how people write. */
function nameOf({ customerName }: EmailCall, frame: Frame, tone: EmailTone, thread: Thread | null): string | null {
  const name = thread?.signed ?? nameToSay(customerName);
  if (name === '') return null;
  // Nobody is greeted by a title or an initial alone.
  const isWhole = /^(?:dr|prof|ing|dott|dra|\p{L})\.?\s/iu.test(name);
  return frame.isFirstName(tone) && !isWhole ? firstName(name) : name;
}

function dayOf({ startedAt, timeZone }: EmailCall, frame: Frame): string {
  const { weekday, day, month } = partsIn(Date.parse(startedAt), timeZone);
  return frame.day(frame.weekdays[weekday] ?? '', day, frame.months[month - 1] ?? '');
}
