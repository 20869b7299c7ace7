import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { dice } from '../sandbox/kit/dice.ts';
import { percentiles } from '../sandbox/torture/percentiles.ts';
import type { Utterance } from '../shared/contracts/transcript.ts';

/**
 * `node bench/analyze-call.ts --words N --isolates N --times N`: the embedded analyzer on an hour's call in workerd. Times are those of the
 * whole request, seen from outside: `analyzeMs` in an isolate that has read other calls before, `coldMs` of the very first request of one.
 * One line of JSON last.
 */
const { values } = parseArgs({
  options: {
    words: { type: 'string', default: '10000' },
    isolates: { type: 'string', default: '5' },
    times: { type: 'string', default: '8' },
  },
});
const MOST_MS = 300;
const SAID = {
  rep: [
    ...['Mm-hm.', 'Right, okay.', 'Okay, got it.', 'Sure, of course.', 'And why is that?', 'Makes sense.', 'Good question.'],
    'Thanks for making the time today, {name}.',
    'How do you plan the {thing} today, and who looks after it when somebody calls in sick?',
    'So what happens when the {thing} does not match what the {team} had in mind at the start of the week?',
    'Let me share my screen for a second, so you see the board with each of the {thing} on it.',
    'You see here that every {thing} has its own line, and the color tells you whether the {team} has looked at it yet.',
    'And how many people in the {team} would work with it day to day, roughly?',
    'That makes sense, a lot of the {team} leads we talk to say the very same thing about their {thing}.',
    'For {count} seats on an annual plan it comes to about {count} hundred dollars a month, and the onboarding is part of it.',
    'I will send you the {doc} by {day}, together with the two references you asked for.',
    "Let's put half an hour into the calendar for {day} at ten, and I'll bring {name} from our technical side.",
    'Could you check with {name} whether the {doc} is all that legal needs from us?',
    'What would have to be true for you to say that this was worth it, a year from now?',
    'We hear that, and what usually helps is to begin with one {team} and one {thing}, and to look at the numbers after a month.',
    'If I hear you right, it is mostly the hours that go into the {thing}, and less the {doc}, is that fair?',
  ],
  customer: [
    ...['Yeah.', 'Mm-hm, sure.', 'Right.', 'Exactly, yes.', 'No, not really.', 'I see.', 'Let me think.'],
    'Well, um, {name} does it by hand, and you know, it takes her the better part of an hour every single morning.',
    'We had {count} of them last month where the {thing} was wrong, and it cost us about {count} thousand dollars each time.',
    'Honestly, the price is higher than what we pay at the moment, and I would have a hard time to defend it in front of {name}.',
    'I like the board, that is really nice, and the {team} would get along with it right away I think.',
    'We looked at Zendara in spring, and they were cheaper, but the {thing} did not work when the phone had no signal.',
    'The decision is with {name}, our head of finance, and she will want to see the {doc} before anything is signed.',
    'Does it work with the system we have for the {thing}, or would the {team} have to type it all in twice?',
    'I am a little worried about how long the rollout takes, because the {team} is short of people until the end of the quarter.',
    'I will talk to {name} on {day} and get back to you with what she says about the {doc}.',
    'Could you send me the {doc}, so that I can forward it to the {team}?',
    'We do have a budget for it, around {count} thousand, but it has to be spent by the end of the year.',
    'No, that part is fine, the {thing} has never been the trouble here, it is more the way the {team} hands it over.',
    'Security will ask where the data is kept, and whether somebody outside of the {team} could read it.',
    'There are {count} of us in the {team}, and three more in the other depot who do not share a list with us.',
  ],
};
const FILL: Record<string, readonly string[]> = {
  name: ['Priya', 'Jonas', 'Marta', 'Ken', 'Olu', 'Dana'],
  thing: ['routes', 'orders', 'shifts', 'deliveries', 'invoices', 'work plan', 'spare parts', 'bookings'],
  team: ['dispatch team', 'warehouse', 'finance team', 'drivers', 'service desk', 'planning group'],
  doc: ['proposal', 'security paper', 'order form', 'data agreement', 'price list', 'summary'],
  day: ['Thursday', 'next Tuesday', 'Friday afternoon', 'Monday morning', 'the end of the week', 'December 4th'],
  count: ['twelve', 'forty', '25', 'three', 'a hundred', '18'],
};
const utterances = makeCall(Number(values.words));

const bundled = await build({
  stdin: { contents: WORKER(), resolveDir: join(import.meta.dirname, '..'), loader: 'ts' },
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2024',
});
const contents = bundled.outputFiles[0]?.text ?? '';

const cold: number[] = [];
const warm: number[] = [];
let claims = 0;
for (let run = 0; run < Number(values.isolates); run++) {
  const host = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      workers: [{ name: 'bench', modules: [{ type: 'ESModule', path: 'worker.js', contents }], compatibilityDate: '2026-10-01' }],
    }),
  );
  try {
    const url = await host.ready;
    const ask = async (path: string, body?: unknown) => {
      const answer = await fetch(new URL(path, url), {
        method: 'POST',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
      if (!answer.ok) throw new Error(`The Worker answered ${answer.status}.`);
      return answer.text();
    };
    await ask('/load', utterances);
    const timed = async () => {
      const startedMs = performance.now();
      claims = Number(await ask('/analyze'));
      return performance.now() - startedMs;
    };
    cold.push(await timed());
    // The compiler is done with it after a few calls.
    for (let again = 0; again < 3; again++) await timed();
    for (let again = 0; again < Number(values.times); again++) warm.push(await timed());
  } finally {
    await host.dispose();
  }
}
const { p50, p95 } = percentiles(warm);
process.exitCode = p95 <= MOST_MS ? 0 : 1;
process.stdout.write(
  `${JSON.stringify({
    analyzeMs: { p50, p95 },
    coldMs: { p50: percentiles(cold).p50, max: Math.round(Math.max(...cold)) },
    turns: utterances.length,
    words: utterances.reduce((sum, one) => sum + one.text.split(' ').length, 0),
    claims,
  })}\n`,
);

/** An hour's talk: sentences of both sides as they fall, with their gaps filled. */
function makeCall(words: number): Utterance[] {
  const roll = dice(7);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(roll() * list.length)];
  const made: Utterance[] = [];
  for (let count = 0, seq = 0, clockMs = 0; count < words; seq++) {
    const role = seq % 2 === 0 ? 'rep' : 'customer';
    const template = pick(SAID[role]) ?? '';
    const text = template.replace(/\{(\w+)\}/g, (_, slot: string) => pick(FILL[slot] ?? []) ?? '');
    const length = text.split(' ').length;
    const endMs = clockMs + length * 330;
    made.push({ seq, role, speaker: role === 'rep' ? 'Sam' : 'Maya', text, startMs: clockMs, endMs, confidence: 0.95 });
    clockMs = endMs + 300;
    count += length;
  }
  return made;
}

function WORKER(): string {
  return `
    import { analyze } from './shared/understand/analyze.ts';
    let utterances = [];
    export default {
      async fetch(request) {
        if (new URL(request.url).pathname === '/load') {
          utterances = await request.json();
          return new Response('loaded');
        }
        const insight = analyze({
          utterances,
          startedAt: '2026-11-18T15:00:00Z',
          timeZone: 'America/New_York',
          repName: 'Sam',
          customerName: 'Maya',
          competitors: ['Zendara', 'Helpwise'],
        });
        return new Response(String(insight.objections.length + insight.nextSteps.length + insight.buyingSignals.length));
      },
    };`;
}
