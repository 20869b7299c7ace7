import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ChangeItem } from '../shared/contracts/change.ts';
import { type Card, hubspotCard, salesforceCard } from './ask.ts';
import { cast } from './cast.ts';
import type { Exchange } from './kit/serve.ts';
import { approve, conversationOf, until, watchCall } from './play-call.ts';
import { readBackHubspot, readBackSalesforce, type Written } from './read-back.ts';
import { type Sandbox, startSandbox } from './start.ts';

/**
 * `npm run demo [-- --crm hubspot|salesforce] [--speed N] [--listen flux|nova3] [--model]`: one call for each CRM, from the first ring to the approved email,
 * asserted by reading both CRMs back. Progress on stderr, one line of JSON last on stdout.
 */
const { values } = parseArgs({
  options: {
    crm: { type: 'string', default: 'both' },
    speed: { type: 'string', default: '6' },
    listen: { type: 'string', default: 'flux' },
    model: { type: 'boolean', default: false },
  },
});
const say = (line: string) => process.stderr.write(`${line}\n`);
const recorded: Exchange[] = [];

interface Outcome extends Written {
  email: string;
  cards: number;
  retracted: number;
  hangupToCrmMs: number;
}

async function run(): Promise<Record<string, unknown>> {
  if (!['both', 'hubspot', 'salesforce'].includes(values.crm)) throw new Error('--crm takes hubspot, salesforce or both.');
  const speed = Number(values.speed);
  if (!(speed >= 1 && speed <= 10)) throw new Error('--speed takes a number from 1 to 10.');
  if (!['flux', 'nova3'].includes(values.listen)) throw new Error('--listen takes flux or nova3.');
  const keys = { SPEECH_MODEL: values.listen };
  const sandbox = await startSandbox({
    port: 0,
    speed,
    keys,
    model: values.model,
    record: (exchange) => recorded.push(exchange),
    say: (line) => say(`  ${line}`),
  });
  try {
    const done: Partial<Record<'hubspot' | 'salesforce', Outcome>> = {};
    if (values.crm !== 'salesforce') done.hubspot = await one(sandbox, 'hubspot');
    if (values.crm !== 'hubspot') done.salesforce = await one(sandbox, 'salesforce');
    const all = Object.values(done);
    const shown = Object.fromEntries(
      Object.entries(done).map(([crm, { call, note, task, stage, email }]) => [crm, { call, note, task, stage, email }]),
    );
    return {
      ok: true,
      calls: all.length,
      cards: all.reduce((sum, { cards }) => sum + cards, 0),
      retracted: all.reduce((sum, { retracted }) => sum + retracted, 0),
      ...shown,
      hangupToCrmMs: Math.max(...all.map(({ hangupToCrmMs }) => hangupToCrmMs)),
    };
  } finally {
    await sandbox.close();
  }
}

async function one(sandbox: Sandbox, crm: 'hubspot' | 'salesforce'): Promise<Outcome> {
  say(`${crm}: ${cast.customer.name} calls`);
  const card: Card = crm === 'hubspot' ? hubspotCard(sandbox) : salesforceCard(sandbox);
  const record = crm === 'hubspot' ? `deal/${cast.hubspot.dealId}` : `deal/${cast.salesforce.opportunityId}`;
  const account = cast.twilio[crm];
  const readBack = () => (crm === 'hubspot' ? readBackHubspot(sandbox.hubspot) : readBackSalesforce(sandbox.salesforce));
  const before = readBack();

  const line = await sandbox.twilio.placeCall({
    account,
    from: cast.customer.phone,
    to: account.number,
    voiceUrl: `${sandbox.publicUrl}/voice/twilio`,
    speed: sandbox.speed,
  });
  let hungUpAt = 0;
  void line.done.then(() => {
    hungUpAt = Date.now();
  });
  const played = await watchCall(card, record, line, (what) => say(`  ${what}`));
  const ended = await line.done;
  if (ended.status !== 'completed') throw new Error(`${crm}: the call did not complete`);
  for (const kind of ['price', 'objection', 'competitor'] as const) {
    if (!played.cards.some((shown) => shown.kind === kind && !played.retracted.includes(shown.id)))
      throw new Error(`${crm}: no ${kind} card was shown`);
  }
  if (played.retracted.length === 0) throw new Error(`${crm}: no card was taken back when the words changed`);

  const written = await until(
    () => {
      const now = readBack();
      return now.call !== before.call && now.note !== before.note && now.task !== before.task && now.call && now.note && now.task
        ? now
        : undefined;
    },
    `call, note and task stand in ${crm}`,
    10,
  );
  const hangupToCrmMs = Date.now() - hungUpAt;
  say(`  call, note and task written ${hangupToCrmMs} ms after hang-up`);

  const changes = await until(async () => {
    const view = await conversationOf(card, played.callId);
    return view.call.status === 'understood' && view.changes.every(({ state }) => state === 'written' || state === 'waiting')
      ? view.changes
      : undefined;
  }, `the card shows what was written`);
  const pick = (kind: ChangeItem['body']['kind']) => {
    const found = changes.find((change) => change.body.kind === kind);
    if (!found) throw new Error(`${crm}: no ${kind} was proposed`);
    return found;
  };

  const stage = pick('move-stage');
  if (readBack().stage !== before.stage) throw new Error(`${crm}: the stage moved before anybody approved it`);
  await approve(card, stage);
  const moved = await until(
    () => (readBack().stage !== before.stage ? readBack().stage : undefined),
    'the approved stage stands in the CRM',
  );
  if (moved !== cast[crm].nextStage) throw new Error(`${crm}: the stage is ${moved}, not ${cast[crm].nextStage}`);
  say(`  stage approved: ${moved}`);
  const email = await approve(card, pick('draft-email'));
  say('  email approved, ready to copy');
  return { ...written, stage: moved, email: email.state, cards: played.cards.length, retracted: played.retracted.length, hangupToCrmMs };
}

/** What the Worker sent, for `npm run conformance`. */
function keep(): void {
  const folder = join(import.meta.dirname, '..', '.state', 'demo');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'requests.jsonl'), recorded.map((exchange) => JSON.stringify(exchange)).join('\n'));
}

try {
  const outcome = await run();
  keep();
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
} catch (error) {
  keep();
  process.stdout.write(`${JSON.stringify({ ok: false, why: error instanceof Error ? error.message : 'unknown' })}\n`);
  process.exitCode = 1;
}
