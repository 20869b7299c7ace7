import type { IntroView, PathsView, WarmPath } from '@ros/contracts';
import { expect, test, vi } from 'vitest';
import { fakeService, no, ok, openRecord } from './fake-service.ts';
import { EmptyState, ErrorState, Heading, Image, Input, LoadingButton, LoadingSpinner, StatusTag, Tag, Text, TextArea } from './host.ts';
import { PeopleOf } from './parts/PeopleOf.tsx';

const pathsPath = '/v1/record/deal/7001/paths';
const introId = '22222222-2222-4222-8222-222222222222';
const hop = (from: string, to: string, more: Partial<WarmPath['hops'][number]> = {}): WarmPath['hops'][number] => ({
  from,
  to,
  tier: 'strong',
  trust: null,
  freshness: 'active',
  chips: ['6–20 contacts', 'within a week', 'both ways'],
  isWeakest: false,
  ...more,
});
const path = (more: Partial<WarmPath> = {}): WarmPath => ({
  rank: 1,
  tier: 'warm',
  score: 0.4,
  introducer: 'Dana Roe',
  teammate: 'Ana Brandt',
  target: 'Maya Lindqvist',
  hops: [hop('Ana Brandt', 'Dana Roe'), hop('Dana Roe', 'Maya Lindqvist', { tier: 'warm', freshness: 'cooling', isWeakest: true })],
  people: [
    { key: 'user/72', name: 'Ana Brandt' },
    { key: 'contact/9002', name: 'Dana Roe' },
    { key: 'contact/9001', name: 'Maya Lindqvist' },
  ],
  next: 'ask',
  why: 'Ask Ana Brandt: every link is warm.',
  ...more,
});
const view = (paths: WarmPath[]): PathsView => ({
  asOf: '2026-11-20T15:00:00Z',
  verdict: paths.length > 0 ? 'warm' : 'none',
  message: paths.length > 0 ? 'Dana Roe can introduce you to Maya Lindqvist' : 'No verified warm path yet',
  paths,
  next: 'ask',
});
const intro = (more: Partial<IntroView> = {}): IntroView => ({
  id: introId,
  version: 1,
  state: 'draft',
  record: { object: 'deal', id: '7001' },
  repName: 'Sam Okafor',
  people: path().people,
  connector: 'Ana Brandt',
  target: 'Maya Lindqvist',
  subject: 'Could you introduce me to Maya Lindqvist?',
  body: 'Hi Ana,\nwould you?',
  cites: [{ text: 'You and Dana Roe have been in touch.', source: 'What was seen.' }],
  trail: [],
  verbs: ['approve', 'withdraw'],
  isReminderDue: false,
  createdAt: '2026-11-20T15:00:00Z',
  ...more,
});

function open(paths: unknown, intros: IntroView[] = [], more: Record<string, unknown> = {}) {
  const service = fakeService({ [pathsPath]: paths, '/v1/intros': ok({ mine: intros, asked: [] }), ...more });
  const page = openRecord('crm.record.tab');
  page.render(<PeopleOf world={service.world} />);
  const says = (text: string) => page.waitFor(() => expect(page.getRootNode().toString()).toContain(text));
  const press = (label: string) =>
    page
      .findAll(LoadingButton)
      .find(({ text }) => text === label)
      ?.trigger('onClick');
  return { ...service, page, says, press };
}

test('says that it looks while nothing is known, who may not look, and that nothing is made up', async () => {
  expect(open(() => new Promise(() => {})).page.find(LoadingSpinner).props.label).toBe('Looking for who knows whom');
  const closed = open(no('no-permission', 'Your CRM does not show you this record.'));
  await closed.says('What to do.');
  expect(closed.page.find(ErrorState).props).toMatchObject({ type: 'lock' });
  const none = open(ok(view([])));
  await none.says('makes a way');
  expect(none.page.find(EmptyState).props.title).toBe('No verified warm path yet');
  expect(none.page.findAll(LoadingButton).map(({ text }) => text)).toEqual([]);
});

test('draws the way as a picture that says itself in words, with what proves each step and the weakest one', async () => {
  const { page, says } = open(ok(view([path()])));
  await says('Dana Roe can introduce you to Maya Lindqvist');
  const { src, alt, width } = page.find(Image).props;
  expect([alt, width]).toEqual([
    'Ana Brandt to Dana Roe: strong, in touch this month. Dana Roe to Maya Lindqvist: warm, quiet for a month.',
    520,
  ]);
  const svg = decodeURIComponent(String(src));
  expect([...svg.matchAll(/stroke="(#\w+)" stroke-width="(\d)" stroke-linecap/g)].map(([, colour, wide]) => [colour, wide])).toEqual([
    ['#0a8f62', '9'],
    ['#c96f06', '6'],
  ]);
  expect(svg).toContain('>AB<');
  expect(page.findAll(Tag).map(({ text }) => text)).toContain('6–20 contacts');
  await says('The weakest link is Dana Roe → Maya Lindqvist: warm, quiet for a month.');
});

test('a name is text in the picture', async () => {
  const people = path().people.map((one) => ({ ...one, name: '<b>&' }));
  const { page, says } = open(ok(view([path({ people })])));
  await says('can introduce you');
  expect(decodeURIComponent(String(page.find(Image).props.src))).not.toContain('<b>');
});

test('one press brings the note, approving it as it stands copies it, and it goes out as it was read', async () => {
  const asked = intro({ state: 'requested', version: 2, subject: 'Could you?', verbs: ['remind', 'withdraw'] });
  const {
    page,
    says,
    press,
    asked: sent,
  } = open(ok(view([path()])), [], {
    '/v1/record/deal/7001/intros': ok(intro()),
    [`/v1/intros/${introId}/approve`]: ok(asked),
  });
  await says('can introduce you');
  press('Ask Ana Brandt for an introduction');
  await says('Ask Ana Brandt to introduce you to Maya Lindqvist');
  expect(sent.at(-1)?.body).toMatchObject({ people: ['user/72', 'contact/9002', 'contact/9001'] });
  await says('“You and Dana Roe have been in touch.” What was seen.');
  expect(page.find(TextArea).props.value).toBe('Hi Ana,\nwould you?');
  page.find(Input).trigger('onChange', 'Could you?' as never);
  press('Approve & copy');
  await says('Approved and copied');
  expect(sent.at(-1)).toMatchObject({
    path: `/v1/intros/${introId}/approve`,
    body: { version: 1, subject: 'Could you?', body: 'Hi Ana,\nwould you?' },
  });
  await vi.waitFor(() => expect(page.mocks.actions.copyTextToClipboard.calls).toEqual([['Could you?\n\nHi Ana,\nwould you?']]));
});

test('what was asked for stands below with what can be said of it, and its way is not asked again', async () => {
  const waits = intro({ state: 'requested', version: 3, verbs: ['remind', 'withdraw'], isReminderDue: true });
  const { page, says, press, asked } = open(ok(view([path()])), [waits], {
    [`/v1/intros/${introId}/withdraw`]: ok(intro({ state: 'withdrawn', version: 4, verbs: [] })),
  });
  await says('Waits for Ana Brandt');
  expect(page.findAll(Heading).map(({ text }) => text)).toEqual(['Dana Roe can introduce you to Maya Lindqvist', 'Asked for']);
  expect(page.findAll(LoadingButton).map(({ text }) => text)).toEqual(['I reminded them', 'Withdraw']);
  expect(page.findAll(Text).map(({ text }) => text)).toContain('An introduction along this way is under way.');
  press('Withdraw');
  await vi.waitFor(() => expect(asked.filter(({ path }) => path === pathsPath)).toHaveLength(2));
  expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({ version: 3 });
  expect(page.findAll(StatusTag).map(({ text }) => text)).toEqual(['Waits for Ana Brandt']);
});

test('whom one knows oneself is written to, not asked about; a refusal stands with its way', async () => {
  const own = path({
    hops: [hop('You', 'Maya Lindqvist')],
    people: [
      { key: 'user/71', name: 'You' },
      { key: 'contact/9001', name: 'Maya Lindqvist' },
    ],
    next: 'go_direct',
    why: 'You know Maya Lindqvist.',
  });
  const { page, says, press } = open(ok(view([own, path({ rank: 2 })])), [], {
    '/v1/record/deal/7001/intros': no('stale', 'Ana Brandt was asked 3 times within a month. Give them a rest.'),
  });
  await says('You know Maya Lindqvist.');
  expect(page.findAll(LoadingButton).map(({ text }) => text)).toEqual(['Ask Ana Brandt for an introduction']);
  press('Ask Ana Brandt for an introduction');
  await says('Give them a rest.');
});
