import { writeFileSync } from 'node:fs';
import { argv, env, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { type AskedCall, readLines } from './eval/calls.ts';
import { predictWithModel } from './eval/model.ts';
import { competitorsOf } from './eval/options.ts';
import { predict } from './eval/predict.ts';

const USAGE = 'Usage: npm run eval:analyze -- in.jsonl out.jsonl [--competitors \'["Name"]\' or a file] [--model embedded|claude]\n';

const refuse = (said: string): never => {
  stderr.write(said);
  exit(2);
};

const { values, positionals } = (() => {
  try {
    return parseArgs({
      args: argv.slice(2),
      allowPositionals: true,
      options: { competitors: { type: 'string' }, model: { type: 'string' } },
    });
  } catch {
    return refuse(USAGE);
  }
})();
const [input, output] = positionals;
const model = values.model ?? 'embedded';
if (!input || !output || positionals.length > 2 || (model !== 'embedded' && model !== 'claude')) refuse(USAGE);
const door = { api: env['ANTHROPIC_API'] ?? 'https://api.anthropic.com', apiKey: env['ANTHROPIC_API_KEY'] ?? '' };
if (model === 'claude' && door.apiKey === '')
  refuse('--model claude asks Anthropic: set ANTHROPIC_API_KEY in the environment (--model embedded needs none).\n');

const started = performance.now();
const competitors = competitorsOf(values.competitors);
const calls = readLines<AskedCall>(input ?? '');
const lines: string[] = [];
let alone = 0;
for (const call of calls) {
  const prediction = model === 'claude' ? await predictWithModel(call, competitors, door) : predict(call, competitors);
  if (prediction.limits?.some((limit) => limit.endsWith('read without one.'))) alone++;
  for (const limit of prediction.limits ?? []) stderr.write(`${call.call_id}: ${limit}\n`);
  lines.push(`${JSON.stringify(prediction)}\n`);
}
writeFileSync(output ?? '', lines.join(''));
const turns = calls.reduce((sum, call) => sum + call.turns.length, 0);
const ms = Math.round(performance.now() - started);
stderr.write(`${calls.length} calls, ${turns} turns, ${ms} ms\n`);
// `alone` are the calls that the embedded analyzer read because the model gave nothing usable.
stdout.write(`${JSON.stringify({ ok: true, model, calls: calls.length, turns, ms, ...(model === 'claude' ? { alone } : {}) })}\n`);
