import type { Play } from '../play.ts';

/** What a rep has to be careful with, whatever else is on the screen. */
export const care: readonly Play[] = [
  {
    id: 'recording-doubt',
    kind: 'compliance',
    name: 'Doubts about recording',
    headline: 'They ask about recording',
    say: 'Answer plainly: yes, with their agreement. If they object, refuse recording here and go on without it.',
    heardFrom: 'customer',
    phrases: [
      'are you recording',
      'is this recorded',
      'is this being recorded',
      'is this call recorded',
      'is this call being recorded',
      'do not record',
      'stop recording',
      'stop the recording',
      'not comfortable being recorded',
      'not want to be recorded',
      'not okay with recording',
    ],
    not: [],
    once: true,
  },
  {
    id: 'risky-promise',
    kind: 'compliance',
    name: 'A promise that binds',
    headline: 'That sounded like a guarantee',
    say: 'Make it safe now: “What teams like yours typically see is …” Promise only what the contract says.',
    heardFrom: 'rep',
    phrases: [
      'i guarantee',
      'we guarantee',
      'i can guarantee',
      'we can guarantee',
      'hundred percent guaranteed',
      'off the record',
      'there is no risk',
      'will never fail',
      'never goes down',
    ],
    not: ['can not guarantee', 'do not guarantee', 'not a guarantee'],
    once: true,
  },
];
