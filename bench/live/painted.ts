import { setTimeout as pause } from 'node:timers/promises';
import { openBrowser } from '../../sandbox/kit/browser.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { FRAME_MS } from '../../shared/capture/frames.ts';
import { type HeardWord, openRecogniser } from './recogniser.ts';
import { openRelay } from './relay.ts';
import { type RigCall, startCall, wallMs } from './rig.ts';
import { spread } from './spread.ts';

/** Ms to us, to the recogniser and back, and to the screen. */
const NETWORK = { up: 35, speech: 30, down: 35 };

/** What customers say that brings a card. Each call says all of it, at its own moments. */
const LINES = [
  'so I looked at the numbers and this is too expensive if I am honest',
  'and we are also looking at Zendara for the second half of the year',
  'in any case I would have to discuss this with my team before we go on',
];
const FIRST_MS = 3_000;
/** Cards are eight seconds apart; a shorter pause would measure the arbiter's patience. */
const EVERY_MS = 11_000;
const WORD_MS = 310;

const STAGES = ['audio', 'transcribe', 'decide', 'send', 'paint'] as const;
type Stage = (typeof STAGES)[number];
type Spread = ReturnType<typeof spread>;

interface Painted {
  n: number;
  cardId: string;
  gotAt: number;
  paintedAt: number;
}

/**
 * From the end of the word that brings a card to the card painted in Chromium, at Flux's and at nova's cadence; half of the calls beside us, half
 * with a network between. Split as: sound to the recogniser · its message · the card leaves us · it is at the browser · it is painted.
 */
export async function measurePainted(calls: number, say: (line: string) => void) {
  const flux = await one('flux', calls, say);
  const nova3 = await one('nova3', calls, say);
  return {
    cards: flux.cards + nova3.cards,
    speechToPaintedMs: { flux: flux.near.whole, nova3: nova3.near.whole },
    withNetworkMs: { flux: flux.far.whole, nova3: nova3.far.whole },
    stages: {
      flux: { loopback: flux.near.stages, network: flux.far.stages },
      nova3: { loopback: nova3.near.stages, network: nova3.far.stages },
    },
  };
}

async function one(model: 'flux' | 'nova3', calls: number, say: (line: string) => void) {
  const isFar = (n: number) => n % 4 >= 2;
  const reached = new Map<number, { toMs: number; at: number }[]>();
  const told = new Map<number, { endMs: number; at: number }[]>();
  const recogniser = await openRecogniser({
    words: (n, track) => (track === 'inbound' ? wordsOf(n) : []),
    extraMs: (n) => (isFar(n) ? NETWORK.speech : 0),
    reached: (n, track, toMs, at) => track === 'inbound' && push(reached, n, { toMs, at }),
    told: (n, track, words, at) => track === 'inbound' && push(told, n, { endMs: words.at(-1)?.endMs ?? 0, at }),
  });
  const keys = { DEEPGRAM_API: recogniser.origin, SPEECH_MODEL: model };
  const sandbox = await startSandbox({ port: 0, speed: 1, keys, keepTwins: false, say: (line) => say(`  ${line}`) });
  const relay = await openRelay((n) => (isFar(n) ? NETWORK.down : 0));
  const browser = await openBrowser();
  const running: RigCall[] = [];
  try {
    for (let n = 0; n < calls * 2; n++) running.push(await startCall(sandbox, n));
    for (const call of running) await relay.follow(call);
    const page = await browser.newPage();
    await page.goto(`${relay.origin}/?calls=${running.length}`);
    await page.waitForFunction('window.isReady === true');
    say(`${model}: ${running.length} calls, their screens are open`);
    const began = new Map<number, number>();
    await Promise.all(running.map((call) => talk(call, isFar(call.n) ? NETWORK.up : 0, (at) => began.set(call.n, at))));
    await pause(2_000);
    const painted = (await page.evaluate('window.painted')) as Painted[];
    const split = painted.flatMap((card) => {
      const left = relay.left.get(card.cardId);
      const t0 = began.get(card.n);
      if (!left || t0 === undefined) return [];
      const soundAt = reached.get(card.n)?.find(({ toMs }) => toMs >= left.endMs)?.at;
      const toldAt = told.get(card.n)?.find(({ endMs }) => endMs >= left.endMs)?.at;
      if (soundAt === undefined || toldAt === undefined) return [];
      const wordEnd = t0 + left.endMs;
      const stages: Record<Stage, number> = {
        audio: soundAt - wordEnd,
        transcribe: toldAt - soundAt,
        decide: left.at - toldAt,
        send: card.gotAt - left.at,
        paint: card.paintedAt - card.gotAt,
      };
      return [{ isFar: isFar(card.n), whole: card.paintedAt - wordEnd, stages }];
    });
    say(`${model}: ${split.length} cards painted`);
    const group = (far: boolean) => {
      const all = split.filter((card) => card.isFar === far);
      const stages = STAGES.map((stage): [Stage, Spread] => [stage, spread(all.map((card) => card.stages[stage]))]);
      return { whole: spread(all.map(({ whole }) => whole)), stages: Object.fromEntries(stages) };
    };
    return { cards: split.length, near: group(false), far: group(true) };
  } finally {
    await browser.close();
    for (const call of running) call.hangUp();
    await relay.close();
    await sandbox.close();
    await recogniser.close();
  }
}

/** Both tracks in real time, each frame when it is whole, and later by as far as the caller is away. */
async function talk(call: RigCall, awayMs: number, began: (at: number) => void): Promise<void> {
  const t0 = wallMs();
  began(t0);
  const wholeMs = FIRST_MS + LINES.length * EVERY_MS;
  for (let sentMs = 0; sentMs < wholeMs; ) {
    while (wallMs() - t0 - awayMs >= sentMs + FRAME_MS && sentMs < wholeMs) sentMs = call.frame();
    await pause(4);
  }
}

/** Word ends fall anywhere between two of the recogniser's messages, as people's do. */
function wordsOf(n: number): readonly HeardWord[] {
  const shiftMs = (n * 173) % 1_000;
  return LINES.flatMap((line, turn) => {
    const words = line.split(' ');
    return words.map((text, at) => {
      const startMs = FIRST_MS + turn * EVERY_MS + shiftMs + at * WORD_MS;
      const isLast = at === words.length - 1;
      return { text, startMs, endMs: startMs + WORD_MS - 40, confidence: 0.97, side: 'customer' as const, turn, isLast };
    });
  });
}

function push<T>(map: Map<number, T[]>, n: number, one: T): void {
  const all = map.get(n);
  if (all) all.push(one);
  else map.set(n, [one]);
}
