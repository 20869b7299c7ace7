import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import type { Utterance } from '../shared/contracts/transcript.ts';
import { analyze } from '../shared/understand/analyze.ts';
import { dueAt } from '../shared/understand/due.ts';
import { readCall } from '../shared/understand/read-call.ts';
import { stepText } from '../shared/understand/step-text.ts';

/** One call of the evaluation's input: labels removed, one line of JSON each. */
interface Asked {
  call_id: string;
  turns: { turn: number; role: string; speaker?: string; text: string; start?: number }[];
  /** ISO 8601 and IANA zone; without both only due_text is given. */
  started_at?: string;
  tz?: string;
}

const [input, output, flag, names] = argv.slice(2);
if (!input || !output || (flag !== undefined && flag !== '--competitors')) {
  stderr.write('Usage: node sandbox/eval-analyze.ts in.jsonl out.jsonl [--competitors \'["Name"]\']\n');
  exit(2);
}
const started = performance.now();
const competitors: string[] = names ? JSON.parse(names) : [];
const calls: Asked[] = readFileSync(input, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line));
writeFileSync(output, calls.map((call) => `${JSON.stringify(predict(call, competitors))}\n`).join(''));
const turns = calls.reduce((sum, call) => sum + call.turns.length, 0);
const ms = Math.round(performance.now() - started);
stderr.write(`${calls.length} calls, ${turns} turns, ${ms} ms\n`);
stdout.write(`${JSON.stringify({ ok: true, calls: calls.length, turns, ms })}\n`);

/** The prediction record of the scorer's schema. What merging folds into one claim for people stands here turn by turn. */
function predict(call: Asked, competitors: readonly string[]) {
  const asked = {
    utterances: utterancesOf(call),
    startedAt: call.started_at ?? '',
    timeZone: call.tz ?? 'UTC',
    repName: nameOf(call, true),
    customerName: nameOf(call, false),
    competitors,
  };
  const insight = analyze(asked);
  const reading = readCall(asked);
  const dated = call.started_at !== undefined && call.tz !== undefined;
  const at =
    (seq: number) =>
    (one: { said: { utterance: Utterance } }): boolean =>
      one.said.utterance.seq === seq;
  return {
    call_id: call.call_id,
    intent: insight.intent,
    sentiment: insight.sentiment,
    talk_ratio_rep: insight.talkShareRep,
    turns: call.turns.map(({ turn }, seq) => ({
      turn,
      objections: reading.objections.filter(at(seq)).map((one) => ({ type: one.type, mention: one.said.text, confidence: one.confidence })),
      next_steps: reading.steps.filter(at(seq)).map((step) => {
        const due = step.due && dated ? dueAt(step.due.text, asked.startedAt, asked.timeZone) : undefined;
        return {
          owner: step.owner === 'customer' ? 'prospect' : step.owner,
          text: stepText(step, asked.customerName),
          ...(step.due ? { due_text: step.due.text } : {}),
          ...(due ? { due } : {}),
        };
      }),
      buying_signals: reading.buying.filter(at(seq)).map((one) => ({ type: one.type, quote: one.said.text })),
      competitors: reading.rivals.filter(at(seq)).map((one) => one.name),
      pricing: reading.pricing.some((one) => one.utterance.seq === seq),
      sentiment: reading.turns[seq]?.sentiment ?? 0.5,
    })),
  };
}

function utterancesOf(call: Asked): Utterance[] {
  let clockMs = 0;
  return call.turns.map((turn, seq) => {
    // About 150 words a minute where the source has no times.
    const lengthMs = (turn.text.match(/\S+/g)?.length ?? 0) * 400;
    const startMs = turn.start === undefined ? clockMs : turn.start * 1000;
    clockMs = startMs + lengthMs;
    return {
      seq,
      role: turn.role === 'rep' ? 'rep' : 'customer',
      speaker: turn.speaker ?? turn.role,
      text: turn.text,
      startMs,
      endMs: clockMs,
      confidence: 1,
    };
  });
}

function nameOf(call: Asked, isRep: boolean): string {
  return call.turns.find((turn) => (turn.role === 'rep') === isRep)?.speaker ?? '';
}
