import { expect, test } from 'vitest';
import type { Role, Utterance } from '../../shared/contracts/transcript.ts';
import type { CallBrief } from '../../shared/contracts/view.ts';
import { conversation } from './conversation.ts';

const call: CallBrief = {
  id: 'call-1',
  record: null,
  status: 'understood',
  source: 'upload',
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  startedAt: '2026-11-21T10:00:00Z',
  durationMs: 60_000,
  isPrivate: false,
};
const said = (...lines: [role: Role, speaker: string, text: string][]): Utterance[] =>
  lines.map(([role, speaker, text], seq) => ({ seq, role, speaker, text, startMs: seq * 1_000, endMs: seq * 1_000 + 900, confidence: 1 }));
const view = (utterances: Utterance[], it: Partial<CallBrief> = {}) =>
  conversation(
    {
      callOf: async () => ({ ...call, ...it }),
      utterancesOf: async () => utterances,
      insightOf: async () => null,
      changesOf: async () => [],
      factsOf: async () => [],
      peopleOf: async () => [],
      speechToScreenOf: async () => null,
      marksOf: async () => [],
    },
    { tenantId: 't', viewerId: 'u', callId: 'call-1' },
  );

test('asks who is who where one track holds two voices and nobody knows', async () => {
  const long = `So ${'and then '.repeat(40)}that was it.`;
  const shown = await view(said(['other', 'Speaker 1', 'Hello?'], ['other', 'Speaker 2', long]));
  expect(shown?.askSpeakers).toEqual({
    text: 'We are not sure who is who on this call: which of the two is Sam Okafor?',
    options: [
      { rep: 'Speaker 2', label: 'Speaker 2 is Sam Okafor', quote: expect.stringMatching(/^So and then .{100,160} …$/) },
      { rep: 'Speaker 1', label: 'Speaker 1 is Sam Okafor', quote: 'Hello?' },
    ],
  });
});

test('asks nothing of known sides, of one voice, or while the call is being understood', async () => {
  const open = said(['other', 'Speaker 1', 'Hello?'], ['other', 'Speaker 2', 'Hello.']);
  const known = said(['rep', 'Sam Okafor', 'Hello?'], ['customer', 'Maya Lindqvist', 'Hello.']);
  const shown = [await view(known), await view(open.slice(0, 1)), await view(open, { status: 'transcribed' })];
  expect(shown.map((one) => one?.askSpeakers)).toEqual([undefined, undefined, undefined]);
});

test('a side with one voice is one stretch, and of several voices each has its name', async () => {
  const shown = await view(
    said(['rep', 'Sam', 'One.'], ['rep', 'Sam', 'Two.'], ['customer', 'Speaker 2', 'Three.'], ['customer', 'Speaker 3', 'Four.']),
  );
  expect(shown?.strip).toEqual([
    { role: 'rep', startMs: 0, endMs: 1_900 },
    { role: 'customer', startMs: 2_000, endMs: 2_900, speaker: 'Speaker 2' },
    { role: 'customer', startMs: 3_000, endMs: 3_900, speaker: 'Speaker 3' },
  ]);
});
