import { describe, expect, test } from 'vitest';
import { type EmailLanguage, type EmailTone, emailLanguage, emailTone } from '../../contracts/email.ts';
import type { NextStep } from '../../contracts/insight.ts';
import { quietInsight } from '../../contracts/quiet-insight.ts';
import type { Evidence, Role, Utterance } from '../../contracts/transcript.ts';
import { call, callIn } from './golden-calls.ts';
import { type EmailMore, writeEmail } from './write-email.ts';

const languages = emailLanguage.options as readonly EmailLanguage[];
const tones = emailTone.options as readonly EmailTone[];

const evidence = (quote: string, seq = 0, role: Role = 'rep'): Evidence => ({ quote, seq, role, speaker: 'x', startMs: 0, endMs: 1 });
const step = (quote: string, over: Partial<NextStep> = {}): NextStep => ({
  text: quote,
  owner: 'rep',
  hedged: false,
  confidence: 0.9,
  evidence: evidence(quote),
  ...over,
});
const turn = ({ quote, ...at }: Evidence): Utterance => ({ ...at, text: quote, confidence: 1 });
const ofSteps = (steps: readonly NextStep[], more: EmailMore = {}, over: Partial<Parameters<typeof writeEmail>[0]> = {}) =>
  writeEmail({ ...call, ...over }, quietInsight({ nextSteps: [...steps] }), more);
const lines = (body: string) => body.match(/^- .*$/gm)?.map((line) => line.slice(2)) ?? [];

describe.each(languages)('in %s', (language) => {
  test.each(tones)('%s', async (tone) => {
    const { insight, heard } = callIn(language);
    const mail = writeEmail({ ...call, tone }, insight, { heard });
    await expect(`${mail.subject}\n\n${mail.body}\n`).toMatchFileSnapshot(`golden/${language}-${tone}.txt`);
    expect({ language: mail.language, tone: mail.tone }).toEqual({ language, tone });
    expect(mail.facts.map(({ text }) => text)).toEqual(lines(mail.body));
    for (const fact of mail.facts) expect(heard[fact.evidence.seq]?.text).toContain(fact.evidence.quote);
  });
});

test('every tone says something of its own in every language', () => {
  for (const language of languages) {
    const { insight, heard } = callIn(language);
    expect(new Set(tones.map((tone) => writeEmail({ ...call, tone }, insight, { heard }).body)).size).toBe(tones.length);
  }
});

test('without a setting the tone is friendly', () => {
  const { insight } = callIn('en');
  expect(writeEmail(call, insight)).toEqual(writeEmail({ ...call, tone: 'friendly' }, insight));
});

test('a language we do not write is answered in English, quotes what was said, and says so', () => {
  const quote =
    'Wyślę państwu ofertę do piątku i proszę o przesłanie listy lokalizacji, żebyśmy mogli to razem omówić w przyszłym tygodniu';
  const promise = step(quote, { text: 'Send the offer' });
  const mail = ofSteps([promise], { heard: [turn(promise.evidence)] });
  expect(mail.language).toBe('en');
  expect(lines(mail.body)).toEqual([`“${quote}”`]);
  expect(mail.limits).toEqual(['We do not write this customer’s language yet, so the mail is English around what was said.']);
  const russian = step('Я пришлю вам предложение до пятницы');
  expect(ofSteps([russian], { heard: [turn(russian.evidence)] })).toMatchObject({ language: 'en', limits: mail.limits });
});

test('the customer’s own mail says in which language they are answered', () => {
  const { insight, heard } = callIn('en');
  const body = 'Guten Tag Herr Okafor, vielen Dank für das Gespräch. Können Sie mir das bitte noch einmal schicken?\n\nViele Grüße\nMaya';
  const mail = writeEmail(call, insight, { heard, thread: { subject: 'Angebot', body } });
  expect(mail.language).toBe('de');
  expect(mail.body).toMatch(/^Hallo Maya,\n\nvielen Dank für Ihre Nachricht/);
  expect(mail.body).toContain('„I will send you the security questionnaire by Friday.“ (bis Freitag, 20. November)');
});

describe('proof', () => {
  test('what does not stand in the transcript, or in another turn, or in another mouth, is left out', () => {
    const kept = step('I will send the plan');
    const steps = [kept, step('I will send the contract'), step('I will call you', { evidence: evidence('I will call you', 1, 'rep') })];
    const heard = [turn(kept.evidence), turn(evidence('I will call you', 1, 'customer'))];
    const mail = ofSteps(steps, { heard });
    expect(mail.facts).toEqual([{ text: 'I will send the plan', evidence: kept.evidence }]);
    expect(mail.limits).toEqual(['2 points were left out: nothing said on the call proves them.']);
  });

  test('an empty quote proves nothing, and neither does a speaker whose side is not known', () => {
    const mail = ofSteps([
      step('', { text: 'Send the plan' }),
      step('I will send it', { evidence: evidence('I will send it', 0, 'other') }),
    ]);
    expect(mail.facts).toEqual([]);
    expect(mail.limits[0]).toBe('2 points were left out: nothing said on the call proves them.');
  });

  test.each([
    ['an amount', 'Send the offer over $4,000'],
    ['a name', 'Send the offer to Zendara'],
  ])('a wording with %s that nobody said gives way to the words themselves', (_, text) => {
    expect(lines(ofSteps([step('I will send the offer', { text })]).body)).toEqual(['“I will send the offer”']);
  });

  test('a date is named only with words that named it', () => {
    expect(lines(ofSteps([step('Ich schicke das Angebot und die Liste für Sie', { dueAt: '2026-11-20T17:00:00+01:00' })]).body)).toEqual([
      '„Ich schicke das Angebot und die Liste für Sie“',
    ]);
  });

  test('a hedged step is no promise', () => {
    expect(ofSteps([step('I will send it if legal agrees', { hedged: true })]).facts).toEqual([]);
  });

  test('a call with nothing proved is thanked for, says nothing of it, and says why', () => {
    const mail = ofSteps([]);
    expect(mail.body).toBe('Hi Maya,\n\nthank you for your time on Wednesday, November 18.\n\nBest regards,\nSam\nBrightloop');
    expect(mail.limits).toEqual(['The call left nothing to write that is proved and new, so this is a courtesy only.']);
  });
});

describe('links', () => {
  test.each(['https://evil.example/pay', 'www.evil.example', 'evil.com', 'evil.co/pay', 'pay@evil.example', 'javascript:alert(1)'])(
    'a point with %s in it is left out',
    (link) => {
      const mail = ofSteps([step(`I will send it to ${link} today`), step('I will send the plan')]);
      expect(lines(mail.body)).toEqual(['I will send the plan']);
      expect(`${mail.subject}${mail.body}`).not.toContain('evil');
      expect(mail.limits).toEqual(['1 point with a link or an address in it was left out.']);
    },
  );

  test('none comes in by a name or by the thread', () => {
    const names = { customerName: 'https://evil.example', repName: 'www.evil.example', seller: 'evil.com' };
    const thread = { subject: 'Re: see https://evil.example', body: 'Hello\n\nBest,\nevil.com' };
    const mail = ofSteps([step('I will send the plan')], { thread }, names);
    expect(`${mail.subject}${mail.body}`).not.toContain('evil');
    expect(mail.body).toMatch(/^Hello,\n/);
  });

  test.each(['Customer', '+4930123456', 'Speaker 1', ''])('%s is nobody’s name to be greeted by', (customerName) => {
    expect(ofSteps([step('I will send the plan')], {}, { customerName }).body).toMatch(/^Hello,\n/);
  });
});

describe('in a thread', () => {
  const { insight, heard } = callIn('en');
  const answer = (body: string, more: { subject?: string; from?: 'customer' | 'rep' } = {}) =>
    writeEmail(call, insight, { heard, thread: { subject: more.subject ?? 'Pricing', body, ...(more.from ? { from: more.from } : {}) } });

  test.each([
    ['Pricing', 'Re: Pricing'],
    ['Re: Pricing', 'Re: Pricing'],
    ['RE: AW: Fwd: Pricing', 'Re: Pricing'],
    ['Regarding the price', 'Re: Regarding the price'],
    ['', 'Our call on Wednesday, November 18: next steps'],
  ])('the subject %s is answered as %s', (subject, expected) => {
    expect(answer('Hello there', { subject }).subject).toBe(expected);
  });

  test.each([
    ['Thanks!\n\nBest,\nMimi', 'Hi Mimi,'],
    ['Thanks!\n\nKind regards,\nMaya Lindqvist\nHead of Operations\nCobalt Freight', 'Hi Maya,'],
    ['Thanks!\n\nRegards, Dr. Maya Lindqvist', 'Hi Dr. Maya Lindqvist,'],
    ['Sounds good to me.\n— M. Lindqvist', 'Hi M. Lindqvist,'],
    ['Sounds good to me.\nCobalt Freight', 'Hi Maya,'],
    ['Sure.\n\nOn Tue, Nov 17, 2026, Sam wrote:\nHello\nBest,\nOtto', 'Hi Maya,'],
    ['Sure.\n\nMimi\n\nOn Tue, Nov 17, 2026, Sam wrote:\n> Hello\n> Best, Otto', 'Hi Maya,'],
  ])('%j is greeted as it signs', (body, greeting) => {
    expect(answer(body).body.split('\n')[0]).toBe(greeting);
  });

  test('in formal they are greeted with all of the name they sign with', () => {
    const thread = { subject: 'x', body: 'Fine.\n\nKind regards,\nMaya Lindqvist-Berg' };
    expect(writeEmail({ ...call, tone: 'formal' }, insight, { heard, thread }).body).toMatch(/^Dear Maya Lindqvist-Berg,\n/);
  });

  test('what was sent already is not sent again, and the rest is', () => {
    const mail = answer('As promised I send you the security questionnaire by Friday, November 20.\n\nBest,\nSam');
    expect(mail.body).toMatch(/^Hi Maya,\n\none more note after our call/);
    expect(lines(mail.body)[0]).toBe('Meet again on Tuesday, November 24 at 10 AM');
    expect(mail.limits).toEqual(['1 point is in the thread already.']);
  });

  test('a day that moved is news', () => {
    const mail = answer('I will send you the security questionnaire by Monday, November 23.\n\nSam', { from: 'rep' });
    expect(lines(mail.body)).toContain('Send you the security questionnaire by Friday, November 20');
  });

  test('what stands further down in the thread counts too', () => {
    expect(lines(answer('Thanks!\nMaya\n\n> How soon could we start if we sign this month?').body)).not.toContain(
      '“How soon could we start if we sign this month?”',
    );
  });

  test('our own signature greets nobody', () => {
    expect(answer('Hello Maya, a word on this.\n\nBest,\nSam').body).toMatch(/^Hi Maya,/);
  });
});

test('the mail stays short whatever the call, and says how much it left out', () => {
  const steps = Array.from({ length: 80 }, (_, i) => step(`I will send you document ${i} ${'very '.repeat(40)}soon`));
  for (const tone of tones) {
    const mail = ofSteps(steps, {}, { tone, customerName: 'Maya '.repeat(500), seller: 'Brightloop '.repeat(500) });
    expect(mail.body.length).toBeLessThan(tone === 'brief' ? 1_200 : 2_600);
    expect(mail.facts.length).toBeGreaterThan(0);
    expect(mail.limits.at(-1)).toBe(`${80 - mail.facts.length} points were left out to keep the mail short.`);
  }
});

test.each([
  ['short', 'soon', { formal: 6, friendly: 6, brief: 4 }],
  ['long', 'very '.repeat(53), { formal: 5, friendly: 5, brief: 2 }],
] as const)('so many %s points fit into each tone', (_, tail, fit) => {
  const steps = Array.from({ length: 9 }, (_, i) => step(`I will send you document ${i} ${tail}`.trim()));
  for (const tone of tones) expect([tone, ofSteps(steps, {}, { tone }).facts.length]).toEqual([tone, fit[tone]]);
});

test('the limits of the insight are the mail’s too', () => {
  const limit = 'Too little was said to draw much from this call.';
  expect(writeEmail(call, quietInsight({ limits: [limit] })).limits[0]).toBe(limit);
});
