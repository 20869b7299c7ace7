import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { guidanceDown } from '../shared/contracts/guidance.ts';
import type { TicketView } from '../shared/contracts/view.ts';
import { hubspotCard, requestId, unwrap } from './ask.ts';
import { cast } from './cast.ts';
import { readFolder } from './replay/folder.ts';
import { hangUp, playFrames, ring } from './replay/line.ts';
import { type Seen, scoreReplay } from './replay/score.ts';
import { openSpeech } from './replay/speech.ts';
import { typesOf } from './replay/types.ts';
import { startSandbox } from './start.ts';

/**
 * `npm run replay -- DIR [--speech URL] [--listen nova3|flux]`: plays a recorded call through the running product at the speed it was spoken,
 * with a rep's screen beside it. Words come as the folder's schedule says, or from the recogniser at URL. Progress on stderr, one line of
 * JSON last on stdout: which triggers were noticed (`fired`) and shown, how fast, and how many cards an hour nobody had asked for.
 */
const { values, positionals } = parseArgs({
  options: { speech: { type: 'string' }, listen: { type: 'string', default: 'nova3' } },
  allowPositionals: true,
});
const dir = positionals[0];
if (dir === undefined || !['flux', 'nova3'].includes(values.listen) || (values.speech !== undefined && !URL.canParse(values.speech))) {
  process.stderr.write('npm run replay -- DIR [--speech URL] [--listen nova3|flux]\n');
  process.exit(2);
}
const say = (line: string) => process.stderr.write(`${line}\n`);
const wallMs = () => performance.timeOrigin + performance.now();
/** What was said last may still bring a card. */
const REST_MS = 1_500;

const folder = readFolder(dir);
const speech = await openSpeech(folder, { url: values.speech, wallMs });
const keys = { DEEPGRAM_API: speech.origin, SPEECH_MODEL: values.listen };
const sandbox = await startSandbox({ port: 0, speed: 1, keys, keepTwins: false, say: (line) => say(`  ${line}`) });
try {
  const card = hubspotCard(sandbox);
  const account = cast.twilio.hubspot;
  const ringing = await ring(sandbox.publicUrl, account, cast.customer.phone, card);
  const ticket = unwrap<TicketView>(await card.post(`/v1/calls/${ringing.callId}/ticket`, { requestId: requestId() }));
  const screen = await openScreen(ticket);
  say('consented; the call begins');
  let beganAt = 0;
  const lateMs = await playFrames(folder, ringing, account, {
    wallMs,
    began: (at) => {
      beganAt = at;
    },
  });
  await pause(REST_MS);
  screen.close();
  const { emitted } = speech;
  const { figures, each } = scoreReplay({ beganAt, emitted, ...folder, ...screen });
  for (const one of each) say(JSON.stringify(one));
  say(`frames at most ${Math.round(lateMs)} ms late, ${speech.sessions()} speech sessions, ${emitted.length} messages with words`);
  await hangUp(sandbox.publicUrl, account, ringing.callSid, folder.durationMs / 1_000);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await sandbox.close();
  await speech.close();
}

async function openScreen(ticket: TicketView) {
  const moments: Seen[] = [];
  const cards: Seen[] = [];
  const socket = new WebSocket(ticket.url, ['ros.v1', `token.${ticket.token}`]);
  const hello = Promise.withResolvers<void>();
  socket.addEventListener('error', () => hello.reject(new Error('The screen’s socket did not open.')));
  socket.addEventListener('message', ({ data }) => {
    const at = wallMs();
    const told = guidanceDown.parse(JSON.parse(String(data)));
    if (told.type === 'hello') hello.resolve();
    if (told.type === 'moment') moments.push({ at, types: typesOf(told) });
    if (told.type === 'card') {
      cards.push({ at, types: typesOf(told.card) });
      say(`card: ${told.card.headline}`);
    }
  });
  await hello.promise;
  return { moments, cards, close: () => socket.close() };
}
