import { expect, test } from 'vitest';
import { script } from '../../sandbox/cast.ts';
import { parseTranscript } from '../../shared/capture/parse-transcript.ts';
import { type Insight, insight as shape } from '../../shared/contracts/insight.ts';
import type { Utterance } from '../../shared/contracts/transcript.ts';
import { ok } from '../../shared/kit/result.ts';
import { harmless } from '../../shared/understand/harmless.ts';
import { type ExtractDeps, extract } from './extract.ts';
import { type TranscribeDeps, transcribe } from './transcribe.ts';

const REP = 'Sam Okafor';
const CUSTOMER = 'Maya Lindqvist';
const ids = { tenantId: 'tenant-1', callId: 'call-1' };
/** Says of every call what nobody said, and what somebody might have. */
const lies = {
  intent: 'close',
  headline: { text: 'They sign today for a million', quote: 'we sign today for a million dollars', turn: 0 },
  bullets: [{ text: 'They sign today for a million', quote: 'we sign today for a million dollars', turn: 0 }],
  buyingSignals: [{ type: 'commit', quote: 'we sign today for a million dollars', turn: 1 }],
  competitors: [{ name: 'Zendara', listed: 0, quote: 'we are with Zendara for good', turn: 1 }],
  people: [{ name: 'Ignatius Lovelace', influence: 'economic_buyer', quote: 'Ignatius Lovelace signs for us', turn: 1 }],
};

/** The file's way through the queue: stored, transcribed, understood. What a person is told, and what was kept. */
async function through(bytes: Uint8Array) {
  let utterances: Utterance[] = [];
  let trouble: string | null = null;
  let asked = 0;
  const saved: Insight[] = [];
  const call = { repName: REP, customerName: CUSTOMER, startedAt: '2026-11-18T15:00:00.000Z', timeZone: 'America/New_York' };
  const hearing: TranscribeDeps = {
    callOf: async () => ({ ...call, status: 'ended', audioKey: null, uploadKey: 'upload/1' }),
    keytermsOf: async () => [],
    open: async () => ({ body: new Blob([bytes as BlobPart]).stream() as ReadableStream<Uint8Array>, contentType: 'text/vtt' }),
    openTracks: async () => null,
    parseFile: (file, names) => parseTranscript(file, 'The file', names),
    speech: { transcribe: async () => ok([]) },
    holdOff: async () => true,
    letGo: async () => undefined,
    save: async (_tenantId, _callId, said) => {
      utterances = [...said];
    },
    fail: async (_tenantId, _callId, said) => {
      trouble = said;
    },
    enqueue: async () => undefined,
  };
  expect(await transcribe(hearing, ids)).toBe('done');
  if (trouble !== null) return { trouble: String(trouble), utterances, saved, asked };
  const reading: ExtractDeps = {
    callOf: async () => ({ ...call, status: 'transcribed', connectionId: 'connection-1', competitors: ['Zendara'] }),
    utterancesOf: async () => utterances,
    isKnown: async () => false,
    model: {
      ask: async () => {
        asked++;
        return ok({ value: lies, model: 'model-1', tokens: 10 });
      },
    },
    budgetOf: async () => ({ takeTokens: async () => true, giveTokens: async () => undefined }),
    peopleOf: async () => [],
    holdOff: async () => true,
    goOn: async () => undefined,
    fence: () => 'FENCE',
    save: async (_tenantId, _callId, insight) => void saved.push(insight),
  };
  expect(await extract(reading, ids)).toBe('connection-1');
  return { trouble, utterances, saved, asked };
}

type Turn = readonly [speaker: string, text: string];
function vtt(turns: readonly Turn[], turnMs = 6_000): Uint8Array {
  const clock = (ms: number): string =>
    `${String(Math.floor(ms / 3_600_000)).padStart(2, '0')}:${new Date(ms % 3_600_000).toISOString().slice(14, 23)}`;
  const cues = turns.map(([who, text], at) => `${clock(at * turnMs)} --> ${clock(at * turnMs + turnMs - 500)}\n<v ${who}>${text}</v>`);
  return new TextEncoder().encode(`WEBVTT\n\n${cues.join('\n\n')}\n`);
}
const between = (lines: readonly string[]): Turn[] => lines.map((text, at) => [at % 2 === 0 ? REP : CUSTOMER, text]);
const talk: Turn[] = script.map((one) => [one.who === 'rep' ? REP : CUSTOMER, one.text]);
const noise = Array.from({ length: 150 }, (_, at) => `xk${at}q zv${at * 7}rt plomf${at} grz`).join(' ');
const german = between([
  'Guten Tag, vielen Dank, dass Sie sich die Zeit nehmen. Wie machen Sie das heute mit den Touren?',
  'Na ja, das ist mir ehrlich gesagt zu teuer, und es dauert auch viel zu lange mit dem Papier.',
  'Dann schicke ich Ihnen bis Donnerstag ein Angebot, wenn das für Sie in Ordnung ist.',
]);
const swedish = between([
  'God morgon, tack för att du tog dig tid. Hur gör ni det här med planeringen i dag?',
  'Ärligt talat är det för dyrt för oss, och jag måste prata med vår ekonomichef om det.',
  'Då skickar jag ett förslag till er på torsdag, och så hörs vi igen nästa vecka.',
]);

const cases: [about: string, file: Uint8Array, says: RegExp | null, mayClaim: boolean][] = [
  ['one voice', vtt(talk.filter(([who]) => who === CUSTOMER)), /only one voice/i, true],
  ['voices of unknown sides', vtt(talk.map(([who, text]) => [who === REP ? 'Speaker 1' : 'Speaker 2', text])), null, true],
  ['German', vtt(german), /German.*only its figures/, false],
  ['Swedish', vtt(swedish), /Swedish.*only its figures/, false],
  ['English with a greeting in German', vtt([[REP, 'Guten Tag, wie geht es Ihnen?'], ...talk]), null, true],
  ['eight hours', vtt(Array.from({ length: 40 }, () => talk).flat(), Math.ceil((8 * 3_600_000) / (40 * talk.length))), /six hours/, true],
  ['the noise of a recogniser', vtt(between([noise, noise])), /does not read as speech/, false],
  [
    'one word over and over',
    vtt(between(Array.from({ length: 40 }, () => 'thank you thank you for watching'))),
    /does not read as speech/,
    false,
  ],
  [
    'emoji and signs that turn the writing round',
    vtt([
      ...talk,
      [CUSTOMER, 'We can pay \u202e00005$\u202c \u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u200bfor it \ufeffand no more \u{1f600}.'],
    ]),
    null,
    true,
  ],
  [
    'an utterance of a megabyte',
    vtt([...talk, [CUSTOMER, 'it is too expensive for us and we need it by friday '.repeat(21_000)]]),
    /only their beginning.*too long for the language model/,
    true,
  ],
  [
    'a megabyte without a gap',
    vtt([...talk, [CUSTOMER, 'x'.repeat(1_048_576)]]),
    /only their beginning.*too long for the language model/,
    true,
  ],
];

test.each(cases)('%s: a partial insight that says its limits, and nothing nobody said', async (_, file, says, mayClaim) => {
  const { trouble, utterances, saved, asked } = await through(file);
  expect([trouble, saved.length]).toEqual([null, 1]);
  const insight = shape.parse(saved[0]);
  const told = (insight.limits ?? []).join(' ');
  if (says) expect(told).toMatch(says);
  // A model is asked where something may be claimed, unless the call is longer than it can take.
  expect(asked > 0).toBe(mayClaim && !told.includes('too long for the language model'));

  const clean = new Map(harmless(utterances).map((one) => [one.seq, one.text]));
  const claims = [
    ...[insight.bullets, insight.objections, insight.nextSteps, insight.buyingSignals, insight.competitors, insight.pricing].flat(),
    ...[insight.pains ?? [], insight.goals ?? [], insight.people ?? [], insight.commitments ?? []].flat(),
  ];
  for (const { evidence } of claims) expect(clean.get(evidence.seq)).toContain(evidence.quote);
  if (!mayClaim) expect(claims).toEqual([]);
  expect(insight.metrics).toBeDefined();
  // Of the made-up claims none is left, in no list and in no sentence.
  const all = JSON.stringify(insight);
  for (const lie of ['million', 'Ignatius', 'for good']) expect(all).not.toContain(lie);
  expect(all).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/);
});

test.each([
  ['nothing', new Uint8Array()],
  ['blanks', new TextEncoder().encode(' \n\n \t ')],
  [
    'a file without a spoken word',
    vtt([
      [REP, ' '],
      [CUSTOMER, ''],
    ]),
  ],
  ['bytes that are no text', Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256)],
])('%s is refused in a sentence, and no insight is made of it', async (_, file) => {
  const { trouble, saved } = await through(file);
  expect([saved.length, trouble]).toEqual([0, expect.stringMatching(/^The file .*\.$/)]);
});

test('a call of which nothing was kept has an empty insight that says so', async () => {
  const saved: Insight[] = [];
  await extract(
    {
      callOf: async () => ({
        status: 'transcribed',
        connectionId: 'connection-1',
        startedAt: '2026-11-18T15:00:00.000Z',
        timeZone: 'UTC',
        repName: REP,
        customerName: CUSTOMER,
        competitors: [],
      }),
      utterancesOf: async () => [],
      isKnown: async () => false,
      model: undefined,
      budgetOf: async () => ({ takeTokens: async () => true, giveTokens: async () => undefined }),
      peopleOf: async () => [],
      holdOff: async () => true,
      goOn: async () => undefined,
      fence: () => 'FENCE',
      save: async (_tenantId, _callId, insight) => void saved.push(insight),
    },
    ids,
  );
  expect(saved.map((one) => one.limits)).toEqual([['Nothing was said, or nothing was heard, so there is nothing to tell.']]);
});
