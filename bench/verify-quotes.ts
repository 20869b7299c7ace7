import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { dice } from '../sandbox/kit/dice.ts';
import type { Utterance } from '../shared/contracts/transcript.ts';

/**
 * `node bench/verify-quotes.ts --words N --quotes N --isolates N`: every quote of a long call looked up in workerd, in a fresh isolate that
 * has run none of the code before. Times are those of the whole request, index included, seen from outside. One line of JSON last.
 */
const { values } = parseArgs({
  options: {
    words: { type: 'string', default: '10000' },
    quotes: { type: 'string', default: '60' },
    isolates: { type: 'string', default: '7' },
  },
});
const VOCABULARY =
  'the we to and it a of you that is in for i on so have with our at be not this they do but are what would as if there one can all from your about or just like when will an get know them was by more time now people us how think need go want who team two up out good use work then back no make see my say call really week look their three other been first new only over send because price day take year could some data after which plan also sure right help had than into has me down start much tell before long still give even system these where way keep thing month sales move talk question side ask end part run cost show set every fifty next last through email ten few better work-flow done four off change both point easy number customer report support budget meeting demo contract security twenty-five hundred thousand legal pilot rollout training renewal vendor quarter finance manager process tool phone office integration notes access issue quote feature offer term user users licence seats seat dashboard deadline board discount invoice purchase approval review audit proposal summary forecast pipeline record field stage account contact deal lead owner region store warehouse driver shift branch supplier order delivery route parcel fleet clinic patient nurse school campus student lawyer partner bank loan claim policy premium hotel guest room kitchen menu factory machine sensor spare turbine solar panel roof permit site crane builder editor studio podcast album ticket venue sponsor charity donor volunteer museum library archive harvest tractor orchard dairy bakery recipe mill'.split(
    ' ',
  );
const root = join(import.meta.dirname, '..');
const utterances = makeCall(Number(values.words));
const quotes = makeQuotes(Number(values.quotes));

const bundled = await build({
  stdin: { contents: WORKER(), resolveDir: root, loader: 'ts' },
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2024',
});
const contents = bundled.outputFiles[0]?.text ?? '';

const cold: number[] = [];
const warm: number[] = [];
let held = 0;
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
      return answer.text();
    };
    await ask('/load', { utterances, quotes });
    const timed = async () => {
      const startedMs = performance.now();
      held = Number(await ask('/verify'));
      return performance.now() - startedMs;
    };
    cold.push(await timed());
    for (let again = 0; again < 3; again++) warm.push(await timed());
  } finally {
    await host.dispose();
  }
}
const middle = (list: readonly number[]) => Math.round((list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0) * 10) / 10;
const figures = {
  coldMs: { p50: middle(cold), max: Math.round(Math.max(...cold) * 10) / 10 },
  warmMs: { p50: middle(warm) },
  words: utterances.reduce((sum, one) => sum + one.text.split(' ').length, 0),
  quotes: quotes.length,
  held,
};
process.exitCode = figures.coldMs.p50 <= 100 ? 0 : 1;
process.stdout.write(`${JSON.stringify(figures)}\n`);

function makeCall(words: number): Utterance[] {
  const roll = dice(7);
  const made: Utterance[] = [];
  for (let count = 0, seq = 0, clockMs = 0; count < words; seq++) {
    const length = Math.min(8 + Math.floor(roll() * 40), words - count);
    const text = sentencesOf(length, roll);
    const role = seq % 2 === 0 ? 'rep' : 'customer';
    const endMs = clockMs + length * 380;
    made.push({ seq, role, speaker: role === 'rep' ? 'Sam' : 'Maya', text, startMs: clockMs, endMs, confidence: 0.95 });
    clockMs = endMs + 400;
    count += length;
  }
  return made;
}

function sentencesOf(length: number, roll: () => number): string {
  const words: string[] = [];
  for (let at = 0; at < length; at++) {
    // The commonest words fall most often, as in speech.
    const word = VOCABULARY[Math.floor(roll() ** 2.2 * VOCABULARY.length)] ?? 'the';
    const opens = at === 0 || /\.$/.test(words[at - 1] ?? '');
    words.push(`${opens ? word.charAt(0).toUpperCase() + word.slice(1) : word}${at === length - 1 || roll() < 0.09 ? '.' : ''}`);
  }
  return words.join(' ');
}

/** Three in four stand in the call, written otherwise; the last has a word that was not said. */
function makeQuotes(count: number) {
  const roll = dice(11);
  return Array.from({ length: count }, (_, nth) => {
    const mine = utterances[Math.floor(roll() * utterances.length)];
    const words = (mine?.text ?? '').split(' ');
    const from = Math.floor(roll() * Math.max(1, words.length - 20));
    const part = words.slice(from, from + 8 + Math.floor(roll() * 14));
    if (nth % 4 === 3) part[Math.floor(part.length / 2)] = 'marmalade';
    return { quote: part.join(' ').toLowerCase(), role: mine?.role ?? 'rep' };
  });
}

function WORKER(): string {
  return `
    import { indexTranscript, verifyIn } from './shared/understand/verify-quote.ts';
    let asked = { utterances: [], quotes: [] };
    export default {
      async fetch(request) {
        if (new URL(request.url).pathname === '/load') {
          asked = await request.json();
          return new Response('loaded');
        }
        const index = indexTranscript(asked.utterances);
        return new Response(String(asked.quotes.filter((one) => verifyIn(index, one).ok).length));
      },
    };`;
}
