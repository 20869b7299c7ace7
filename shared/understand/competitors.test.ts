import { expect, test } from 'vitest';
import { competitors, otherNames } from './competitors.ts';
import { sayings } from './said.ts';

const names = (text: string, listed: string[] = ['Zendara', 'Front']) =>
  competitors(
    sayings([
      { seq: 0, role: 'rep', speaker: 'Sam', text: "Hi, it's Sam from Brightloop.", startMs: 0, endMs: 1, confidence: 1 },
      { seq: 1, role: 'customer', speaker: 'Maya', text, startMs: 1, endMs: 2, confidence: 1 },
    ]),
    listed,
    ['Sam', 'Maya'],
  ).map((one) => one.name);

test.each([
  ['we also had a call with zendara', ['Zendara']],
  ['They showed us Front last week.', ['Front']],
  ['We are evaluating Quillstack as well.', ['Quillstack']],
  ['How do you differ compared to Quillstack and Morrow?', ['Quillstack', 'Morrow']],
  ['We got a quote from Oakline Systems.', ['Oakline Systems']],
  ['Oakline quoted us a third less.', ['Oakline']],
  ['Why should we pick you over Quillstack?', ['Quillstack']],
  ['Right now we use Quillstack for that.', ['Quillstack']],
  ['we got a quote from quillstack last week', ['quillstack']],
])('hears a rival in "%s"', (text, found) => {
  expect(names(text)).toEqual(found);
});

test.each([
  "We're on Salesforce.",
  'We use Slack for everything.',
  'Are you considering Excel or Google Sheets?',
  'In front of the team we said so.',
  'We are looking at Tuesday.',
  'I was talking to Maya from Brightloop.',
  'Compared to Brightloop it is slow.',
  'We would go with the Growth plan.',
  'Zendarama is a town.',
  'We looked at Quillstack recordings.',
  'We use Northpad, does it sync with that?',
  'we are switching from paper to something better',
])('hears none in "%s"', (text) => {
  expect(names(text)).toEqual([]);
});

test('takes what the rep praises, and what the customer has heard of, for the seller’s own', () => {
  const found = competitors(
    sayings([
      { seq: 0, role: 'customer', speaker: 'Maya', text: "I've been looking into Quillstack.", startMs: 0, endMs: 1, confidence: 1 },
      {
        seq: 1,
        role: 'rep',
        speaker: 'Sam',
        text: 'Great. Quillstack can do that, and Quillboard works offline.',
        startMs: 1,
        endMs: 2,
        confidence: 1,
      },
      { seq: 2, role: 'customer', speaker: 'Maya', text: 'How does Quillboard compare to Morrow?', startMs: 2, endMs: 3, confidence: 1 },
      {
        seq: 3,
        role: 'customer',
        speaker: 'Maya',
        text: 'Instead of Quillstack we could stay with Oakline.',
        startMs: 3,
        endMs: 4,
        confidence: 1,
      },
    ]),
    [],
    ['Sam', 'Maya'],
  );
  expect(found.map((one) => one.name)).toEqual(['Morrow', 'Oakline']);
});

const others = (text: string) =>
  otherNames(sayings([{ seq: 0, role: 'customer', speaker: 'Maya', text, startMs: 0, endMs: 1, confidence: 1 }]), [], ['Maya']).map(
    (one) => one.name,
  );

test.each([
  ['With Quillstack it took a year.', ['Quillstack']],
  ['Oakline, for eleven years now.', ['Oakline']],
  ['I spoke with a firm called Rota & Rye.', ['Rota & Rye']],
])('sees a name in "%s" that a head may take for a rival', (text, found) => {
  expect(others(text)).toEqual(found);
});

test.each(['Honestly, it rained.', 'We met in Denver on Tuesday.', 'I am Farida.', 'The CRM is on Salesforce.', 'we use quillstack'])(
  'sees none in "%s"',
  (text) => {
    expect(others(text)).toEqual([]);
  },
);
