import { liveModelWeight, tokenWeight } from '../../shared/capture/spend/prices.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import type { CompiledPlays } from '../../shared/guide/compile-plays.ts';
import { answerSchema, type Reading, readAnswer } from '../../shared/guide/second-tier/answer.ts';
import { type Advice, judgeHead, judgeWhole, openBench } from '../../shared/guide/second-tier/judge.ts';
import { addPiece, briefPiece, type Sent, systemOf, turnLine } from '../../shared/guide/second-tier/prompt.ts';
import { newReader, readJson } from '../../shared/guide/second-tier/read-json.ts';
import type { Fault } from '../../shared/kit/result.ts';
import { hidePeople } from '../../shared/understand/hide-people.ts';
import type { LiveModel, LiveQuestion, TokensUsed } from '../ports/model.ts';
import type { TokenPurse } from './token-purse.ts';

/** What is known of a customer before a word is said. */
export interface Brief {
  lines: readonly string[];
  /** Everybody's name: the model sees signs for them. Always in the same order. */
  names: readonly string[];
}

export interface LiveAsk {
  plays: CompiledPlays['byId'];
  brief: Brief;
  /** Random text of this call. */
  fence: string;
  done: readonly Utterance[];
  open: readonly Utterance[];
  sent: Sent;
  now: string;
  /** What a card that comes of it is called. */
  id: string;
  signal: AbortSignal;
}

/** How it went, for the scheduler and the log: kinds and counts, nothing that was said. */
export interface Answered {
  kind: 'given' | 'nothing' | 'unproved' | 'over-budget' | Fault['kind'];
  waitMs?: number;
  used: TokensUsed | undefined;
  sent: Sent;
}

export interface LiveAskDeps {
  model: LiveModel;
  purse: TokenPurse;
  now(): number;
}

/** A card of the asked shape is some 250 tokens. */
const MAX_TOKENS = 400;
const CHARS_A_TOKEN = 3;
const EXPIRES_MIN_S = 5;
const EXPIRES_MAX_S = 30;

/** One question on a call. `show` is told of the card twice: with its headline, and whole; `null` takes the first one back. */
export async function askLive({ model, purse, now }: LiveAskDeps, ask: LiveAsk, show: (advice: Advice | null) => void): Promise<Answered> {
  const { question, bench, sent } = prepare(ask);
  const held = priceOf(question, MAX_TOKENS);
  if (!(await purse.take(held.most))) return { kind: 'over-budget', used: undefined, sent: ask.sent };

  const askedAtMs = now();
  const enough = new AbortController();
  let reader = newReader();
  const so: { far: Reading; first?: Advice | null; cost?: Cost } = { far: { is: 'open' } };
  const hear = (piece: string) => {
    [reader] = readJson(reader, piece);
    so.far = readAnswer(reader);
    // It will not come to anything any more: the rest need not be said.
    if (so.far.is === 'nothing') enough.abort();
    if (so.far.is !== 'head' || so.first !== undefined) return;
    so.first = judgeHead(bench, so.far.head, ask.id);
    if (so.first) show(so.first);
    else enough.abort();
  };
  const counted = (cost: Cost) => {
    so.cost = cost;
  };
  const signal = AbortSignal.any([ask.signal, enough.signal]);
  const answer = await model.ask({ ...question, maxTokens: MAX_TOKENS, signal, counted }, hear);
  const fault = answer.ok || enough.signal.aborted ? undefined : answer.fault;
  const isUnbegun = fault?.kind === 'busy' || fault?.kind === 'expired';
  purse.give(held.most - (so.cost?.tokens ?? (isUnbegun ? 0 : held.least)));

  const whole = answer.ok ? wholeOf(so.far, (now() - askedAtMs) / 1_000) : null;
  const last = whole && judgeWhole(bench, whole, ask.id);
  if (last) show(last);
  // A headline alone helps nobody; a play's own sentence does.
  else if (so.first?.card.say === '') show(null);
  const result = { used: so.cost?.used, sent };
  if (fault) return { ...result, kind: fault.kind, ...(fault.retryAfterMs === undefined ? {} : { waitMs: fault.retryAfterMs }) };
  return { ...result, kind: last ? 'given' : so.far.is === 'nothing' ? 'nothing' : 'unproved' };
}

/** Puts what all questions of a call begin with where the vendor finds it again. */
export async function warmLive({ model, purse }: LiveAskDeps, ask: LiveAsk): Promise<TokensUsed | undefined> {
  const { question } = prepare(ask);
  const held = priceOf(question, 1);
  if (!(await purse.take(held.most))) return undefined;
  const { system, data, schema } = question;
  const costs: Cost[] = [];
  const warmed = await model.warm({ system, data, schema, signal: ask.signal, counted: (cost) => costs.push(cost) });
  const cost = costs.at(-1);
  purse.give(held.most - (cost?.tokens ?? (warmed.ok ? held.most : 0)));
  return cost?.used;
}

function prepare({ plays, brief, fence, done, open, sent: before, now }: LiveAsk) {
  const lines = brief.lines.map((text, nth) => ({ ...UNSAID, seq: -1 - nth, text }));
  const hidden = hidePeople([...lines, ...done, ...open], brief.names);
  const told = hidden.utterances.slice(0, lines.length).map(({ text }) => text);
  const said = hidden.utterances.slice(lines.length);
  const sent = addPiece(before, said.slice(0, done.length));
  const question = {
    system: systemOf(plays.values()),
    data: [briefPiece(told, fence), ...sent.pieces],
    tail: said.slice(done.length).map(turnLine).join('\n'),
    now,
    schema: answerSchema,
  };
  return { question, bench: openBench(hidden, said, brief.names, plays), sent };
}

/** What a question may cost at most, and what it costs if it gets no answer: as if nothing of it was in the cache, and all for an hour. */
function priceOf({ system, data, tail, now }: ReturnType<typeof prepare>['question'], tokensOut: number) {
  const chars = [system, ...data, tail, now].reduce((sum, text) => sum + text.length, SCHEMA_CHARS);
  const least = Math.ceil((chars / CHARS_A_TOKEN) * 2 * liveModelWeight);
  return { least, most: least + Math.ceil(tokensOut * tokenWeight.out * liveModelWeight) };
}

function wholeOf(reading: Reading, elapsedS: number) {
  if (reading.is !== 'whole') return null;
  const { whole } = reading;
  return elapsedS <= Math.min(EXPIRES_MAX_S, Math.max(EXPIRES_MIN_S, whole.expires_s)) ? whole : null;
}

type Cost = Parameters<LiveQuestion['counted']>[0];
const UNSAID = { role: 'other' as const, speaker: '', startMs: 0, endMs: 0, confidence: 1 };
const SCHEMA_CHARS = JSON.stringify(answerSchema).length;
