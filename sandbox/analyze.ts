import { open } from 'node:fs/promises';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { parseTranscript, TRANSCRIPT_BYTES_MAX } from '../shared/capture/parse-transcript.ts';
import { analyze } from '../shared/understand/analyze.ts';
import { showInsight } from './show-insight.ts';

const USAGE =
  'Usage: npm run analyze -- FILE [--json] [--competitors \'["Name"]\'] [--rep NAME] [--customer NAME] [--tz ZONE] [--started ISO]; FILE may be - for standard input.';

/** Reads one transcript and says what the call meant, by the rules alone. Exit 2 with one sentence when it cannot. */
async function main(): Promise<void> {
  const { values, positionals } = args();
  const [path, extra] = positionals;
  if (path === undefined || extra !== undefined) stop(USAGE);
  const competitors = names(values.competitors);
  const timeZone = zone(values.tz ?? new Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (values.started !== undefined && !/^\d{4}-\d\d-\d\d/.test(values.started))
    stop('--started wants a date such as 2026-11-18T15:00:00Z.');
  if (values.started !== undefined && !Number.isFinite(Date.parse(values.started)))
    stop('--started wants a date such as 2026-11-18T15:00:00Z.');

  const slow = setTimeout(() => process.stderr.write('Still reading …\n'), 2_000);
  const bytes = await read(path);
  clearTimeout(slow);
  const hints = { ...(values.rep ? { repName: values.rep } : {}), ...(values.customer ? { customerName: values.customer } : {}) };
  const parsed = parseTranscript(bytes, path === '-' ? 'The input' : path, hints);
  if (!parsed.ok) stop(parsed.why);
  const { utterances } = parsed;
  if (utterances.length > 5_000) process.stderr.write(`Reading ${utterances.length} turns …\n`);

  const repName = values.rep ?? utterances.find((one) => one.role === 'rep')?.speaker ?? 'the rep';
  const customerName = values.customer ?? person(utterances.find((one) => one.role === 'customer')?.speaker);
  // A call that does not say when it was gets no dates rather than today's.
  const startedAt = values.started ?? parsed.startedAt ?? '';
  const insight = analyze({ utterances, startedAt, timeZone, repName, customerName, competitors });
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ format: parsed.format, repName, customerName, ...(startedAt ? { startedAt } : {}), timeZone, insight })}\n`,
    );
  else {
    process.stdout.write(showInsight(insight, { repName, customerName, timeZone }));
    if (startedAt === '' && insight.nextSteps.some((one) => one.dueText))
      process.stderr.write('The file does not say when the call was; give --started to have due dates worked out.\n');
  }
}

/** "Speaker 2" and "Customer" are no names to put into a sentence. */
const person = (speaker: string | undefined): string =>
  speaker === undefined || /^(?:speaker|participant)? ?\d*$|customer|prospect|client|buyer|caller|lead/i.test(speaker)
    ? 'the customer'
    : speaker;

function args() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        competitors: { type: 'string' },
        rep: { type: 'string' },
        customer: { type: 'string' },
        tz: { type: 'string' },
        started: { type: 'string' },
      },
    });
  } catch {
    return stop(USAGE);
  }
}

function names(text: string | undefined): string[] {
  if (text === undefined) return [];
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
  } catch {
    // Said below, once for both.
  }
  return stop('--competitors wants a JSON list of names, such as \'["Zendara"]\'.');
}

function zone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return stop('--tz wants a time zone such as America/New_York.');
  }
}

/** At most a little more than a transcript may weigh, so that a huge file is refused without being held. */
async function read(path: string): Promise<Uint8Array> {
  if (path === '-') {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of process.stdin) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > TRANSCRIPT_BYTES_MAX) break;
    }
    return Buffer.concat(chunks);
  }
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const buffer = new Uint8Array(Math.min(size, TRANSCRIPT_BYTES_MAX + 1));
    let held = 0;
    while (held < buffer.length) {
      const { bytesRead } = await file.read(buffer, held, buffer.length - held);
      if (bytesRead === 0) break;
      held += bytesRead;
    }
    return buffer.subarray(0, held);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return stop(
      missing
        ? 'There is no such file; give the path of a transcript.'
        : 'The file cannot be read; check that it is a file and that you may open it.',
    );
  }
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

await main();
