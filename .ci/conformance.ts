/**
 * `npm run conformance -- --specs DIR`: every request the Worker sent in the last demo, against its vendor's own specification.
 * DIR holds hubspot/*.json and twilio/twilio_api_v2010.json (OpenAPI), deepgram/openapi.yml and asyncapi.yml.
 * One line on stderr for each finding; exit 1 when there is one, 2 when it cannot be run. JSON last on stdout.
 * HubSpot's schemas leave the names of CRM properties open: those are proven by the twin, which refuses one that does not exist.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Exchange } from '../sandbox/kit/serve.ts';
import { openBooks } from './conformance/open-books.ts';
import { type Report, report } from './conformance/report.ts';
import { excused } from './conformance-excused.ts';

const root = join(import.meta.dirname, '..');
const recording = join(root, '.state', 'demo', 'requests.jsonl');
const demoMaxMs = 300_000;
const say = (line: string) => process.stderr.write(`${line}\n`);

process.exitCode = main();

function main(): number {
  const { values } = parseArgs({ options: { specs: { type: 'string' } } });
  if (!values.specs) return refuse('Say where the vendors’ specifications are: npm run conformance -- --specs DIR');
  const needed = ['hubspot', 'deepgram/openapi.yml', 'deepgram/asyncapi.yml', 'twilio/twilio_api_v2010.json'];
  const lost = ['', ...needed].find((name) => !existsSync(join(values.specs ?? '', name)));
  if (lost !== undefined)
    return refuse(`There is no ${join(values.specs, lost)}: --specs takes the folder with the vendors’ specifications.`);
  if (!existsSync(recording) && !play()) return refuse('The demo did not finish, so there is nothing to check.');
  const lines = readFileSync(recording, 'utf8').split('\n').filter(Boolean);
  const made = report(
    lines.map((line) => JSON.parse(line) as Exchange),
    openBooks(values.specs),
    excused,
  );
  print(made);
  return made.findings.length === 0 && made.checked > 0 ? 0 : 1;
}

function play(): boolean {
  say('No recording of a demo yet: playing one (about half a minute).');
  const demo = spawnSync(process.execPath, [join(root, 'sandbox', 'demo.ts')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    timeout: demoMaxMs,
  });
  return demo.status === 0 && existsSync(recording);
}

function print({ findings, excused: needed, checked, byVendor, uncovered, notOurs, operations }: Report): void {
  for (const [operation, times] of Object.entries(operations).sort()) say(`  checked    ${operation} × ${times}`);
  for (const [vendor, times] of Object.entries(uncovered)) say(`  uncovered  ${vendor} × ${times}: no specification`);
  for (const [who, times] of Object.entries(notOurs)) say(`  not ours   × ${times}: sent by ${who}`);
  for (const { vendor, operation, said, because, times } of needed)
    say(`  excused    ${vendor} ${operation} × ${times}: ${said}. ${because}`);
  for (const finding of findings) say(`FOUND ${finding}`);
  if (checked === 0) say('FOUND nothing to check: the recording holds no request of the Worker’s.');
  const ok = findings.length === 0 && checked > 0;
  const sum = Object.values(notOurs).reduce((all, times) => all + times, 0);
  const excuses = needed.map(({ vendor, operation, said, times }) => ({ vendor, operation, said, times }));
  process.stdout.write(
    `${JSON.stringify({ ok, requests: checked, invalid: findings.length, checked, byVendor, uncovered, notOurs: sum, findings: findings.length, excused: excuses })}\n`,
  );
}

function refuse(why: string): number {
  say(why);
  return 2;
}
