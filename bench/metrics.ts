import { parseArgs } from 'node:util';
import { dice } from '../sandbox/kit/dice.ts';
import type { Utterance } from '../shared/contracts/transcript.ts';
import { measure } from '../shared/understand/metrics/measure.ts';

/** `node bench/metrics.ts --calls N --turns N`: metrics of conversation for that many calls in one go, no warm-up. One line of JSON. */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '1000' }, turns: { type: 'string', default: '200' } } });
const SAID = [
  'Mm-hm.',
  'Right, okay.',
  'What happens when a driver calls in sick on a Monday morning, who moves the routes around then?',
  'Well, um, the dispatcher does it by hand, and you know, it takes her the better part of an hour every single time.',
  'So that would be about five hours a week, give or take. And how many dispatchers are there in all?',
  'Three, one for each depot, and they do not share a list, which is kind of the root of the whole thing if you ask me.',
  'Let me show you what that looks like on our side. You see the map here, and each of the dots is a van.',
  'That is nice. Does it work when the phone has no signal?',
];
const roll = dice(5);
const calls = Array.from({ length: Number(values.calls) }, () => makeCall(Number(values.turns)));

const startedMs = performance.now();
let asked = 0;
for (const call of calls) asked += measure(call).questions ?? 0;
const ms = Math.round(performance.now() - startedMs);
process.exitCode = ms < 2_000 ? 0 : 1;
process.stdout.write(`${JSON.stringify({ ms, calls: calls.length, turns: Number(values.turns), asked })}\n`);

function makeCall(turns: number): Utterance[] {
  let clockMs = 0;
  return Array.from({ length: turns }, (_, seq) => {
    const role = seq % 2 === 0 ? 'rep' : 'customer';
    const text = SAID[Math.floor(roll() * SAID.length)] ?? '';
    const startMs = Math.max(0, clockMs + Math.round(roll() * 2_400 - 700));
    clockMs = startMs + Math.round(text.split(' ').length * (250 + roll() * 200));
    return { seq, role, speaker: role, text, startMs, endMs: clockMs, confidence: 1 };
  });
}
