import { expect, test, vi } from 'vitest';
import { Conversation } from './Conversation.tsx';
import {
  brief,
  briefPath,
  callId,
  change,
  conversation,
  conversationPath,
  email,
  evidence,
  fakeService,
  no,
  ok,
  openRecord,
  stage,
  task,
} from './fake-service.ts';
import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Heading,
  Image,
  Input,
  LoadingButton,
  LoadingSpinner,
  Select,
  StatusTag,
  Text,
} from './host.ts';

function open(reply: unknown, more: Record<string, unknown> = {}) {
  const service = fakeService({ [conversationPath]: reply, ...more });
  const page = openRecord('crm.record.tab');
  page.render(<Conversation world={service.world} />);
  const says = (text: string) => page.waitFor(() => expect(page.getRootNode().toString()).toContain(text));
  return { ...service, page, says };
}

test('says that it is reading while nothing is known', () => {
  const { page } = open(() => new Promise(() => {}));
  expect(page.find(LoadingSpinner).props.label).toBe('Reading the last conversation');
});

test('teaches the next step when there was no call yet', async () => {
  const { page, says } = open(ok(null));
  await says('Call from this record');
  expect(page.find(EmptyState).props.title).toBe('No conversation yet');
});

test('says who may not look', async () => {
  const { page, says } = open(no('no-permission', 'Only the owner of this deal sees its calls.'));
  await says('What to do.');
  expect(page.find(ErrorState).props).toMatchObject({ type: 'lock', title: 'Only the owner of this deal sees its calls.' });
});

test('a moment that was flagged stands with its time and what was said then', async () => {
  const { says } = open(ok(conversation({ flagged: [{ id: 'm1', atMs: 41_000, evidence }] })));
  await says('Flagged moments');
  await says('Flagged at 0:41');
  await says(evidence.quote);
});

test('shows the headline, the proof and the picture of the call', async () => {
  const { page, says } = open(ok(conversation({ people: [{ name: 'Maya Lindqvist', trust: 0.4, why: 'You spoke once, today' }] })));
  await says('Maya wants a proposal for 120 seats');
  expect(page.findAll(Heading).map(({ text }) => text)).toEqual(['Maya wants a proposal for 120 seats', 'People']);
  expect(page.findAll(Text).map(({ text }) => text)).toContain('“twice what we pay” Maya, 1:01');
  expect(page.find(Image).props.alt).toBe(
    'Who spoke when over 1:23: you above, the customer below. You spoke 48 % of the time. Marked: price objection at 0:30, Zendara at 0:40.',
  );
  expect(page.find(Image).props.src).toMatch(/^data:image\/svg\+xml,/);
  await says('You spoke once, today');
});

test('shows for each change where it stands', async () => {
  const items = [
    change(stage, { id: '1' }),
    change(stage, { id: '2', state: 'due' }),
    change(stage, { id: '3', state: 'written' }),
    change(stage, { id: '4', state: 'declined' }),
    change(stage, { id: '5', state: 'parked', trouble: 'The deal was deleted in HubSpot.' }),
    change(stage, { id: '6', state: 'superseded' }),
    change(stage, { id: '7', policy: 'never' }),
    change(email, { id: '8', state: 'approved' }),
  ];
  const { page, says } = open(ok(conversation({ changes: items })));
  await says('Replaced by a newer one');
  expect(page.findAll(StatusTag).map(({ text }) => text)).toEqual([
    'Waits for you',
    'On its way to HubSpot',
    'Written',
    'Not written, because you said no',
    'Not written, because the deal was deleted in HubSpot.',
    'Replaced by a newer one',
    'Not written, because your settings say so',
    'Approved',
  ]);
  expect(page.findAll(LoadingButton).map(({ text }) => text)).toEqual(['Move to Presentation', 'Retry']);
  expect(page.findAll(Button).map(({ text }) => text)).toEqual([
    'Not useful',
    'Discard',
    'Copy the email',
    'Make private',
    'Destroy',
    'Brief me before the next call',
  ]);
});

test('sorts tasks and the email under their own headings', async () => {
  const { page, says } = open(
    ok(conversation({ changes: [change(email, { id: '1' }), change(task, { id: '2' }), change(stage, { id: '3' })] })),
  );
  await says('Task, due Thu, Nov 26');
  expect(
    page
      .findAll(Heading)
      .map(({ text }) => text)
      .slice(1),
  ).toEqual(['What changes in HubSpot', 'Tasks', 'Email']);
});

test('looks again soon while something is on its way, and has the record read anew once it is written', async () => {
  const { page, says, later, replies, waits } = open(ok(conversation({ changes: [change(stage, { state: 'due' })] })));
  await says('On its way');
  await vi.waitFor(() => expect(waits()).toEqual([1_500]));
  replies[conversationPath] = ok(conversation({ changes: [change(stage, { state: 'written' })] }));
  later();
  await says('"Written"');
  await vi.waitFor(() => expect(page.mocks.actions.refreshObjectProperties.callCount).toBe(1));
});

test('an approved email is copied as it was approved', async () => {
  const { page, says } = open(ok(conversation({ changes: [change(email, { state: 'approved' })] })));
  await says('Copy the email');
  page.find(Button).trigger('onClick');
  await vi.waitFor(() => expect(page.mocks.actions.copyTextToClipboard.calls).toEqual([['The questionnaire\n\nHi Maya,\nhere it is.']]));
});

test('a call that could not be understood says why', async () => {
  const failed = { ...conversation().call, status: 'failed' as const, trouble: 'The recording was empty. Upload it again.' };
  const { says } = open(ok(conversation({ call: failed, insight: null, strip: [] })));
  await says('The recording was empty. Upload it again.');
});

test('what is remembered shows its words', async () => {
  const fact = { kind: 'pain', text: 'First replies take nine hours', evidence, firstAt: '', lastAt: '', times: 2 };
  const { says } = open(ok(conversation({ facts: [fact] })));
  await says('First replies take nine hours (said 2 times)');
});

const changePath = '/v1/changes/c1';
const writtenAt = '2026-11-20T20:05:00Z';
const written = (more = {}) => change(task, { state: 'written', writtenAt, ...more });
const undoing = (more = {}) =>
  change({ kind: 'remove-activity', activity: 'task', crmId: '9', title: '' }, { id: 'u1', undoes: 'c1', ...more });
const withChanges = (...changes: ReturnType<typeof change>[]) => ok(conversation({ changes }));

test.each([
  ['without asking, as your settings say', {}],
  ['approved by you', { decidedBy: '123' }],
  ['approved by a colleague', { decidedBy: '456' }],
  ['approved by Dana Osei', { decidedBy: '456', decidedName: 'Dana Osei' }],
])('says of what was written from which words it came and that it was %s', async (by, more) => {
  const service = fakeService({ [conversationPath]: withChanges(written(more)) });
  const page = openRecord('crm.record.tab');
  page.mocks.context.user.id = 123;
  page.mocks.context.portal.timezone = 'America/New_York';
  page.render(<Conversation world={service.world} />);
  await page.waitFor(() => expect(page.findAll(Text).map(({ text }) => text)).toContain(`Written Fri, Nov 20, 3:05 PM, ${by}`));
  expect(page.findAll(Text).map(({ text }) => text)).toContain(`“${evidence.quote}” You, 1:01`);
});

test('what was written is undone with one press', async () => {
  const { page, says, asked, replies, later, waits } = open(withChanges(written()), {
    [`${changePath}/undo`]: ok({ change: written(), undo: undoing({ state: 'due' }) }),
  });
  await says('Undo');
  replies[conversationPath] = withChanges(written(), undoing({ state: 'due' }));
  page.find(LoadingButton).trigger('onClick');
  await says('Being undone');
  expect(asked[1]).toEqual({ method: 'POST', path: `${changePath}/undo`, body: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  expect(page.mocks.actions.addAlert.calls).toEqual([[{ type: 'success', message: 'Taking it back. HubSpot shows it in a moment.' }]]);
  expect(page.findAll(LoadingButton)).toEqual([]);
  await vi.waitFor(() => expect(waits()).toEqual([1_500]));

  replies[conversationPath] = withChanges(written({ state: 'undone' }), undoing({ state: 'written' }));
  later();
  await says('"Undone"');
  expect(page.findAll(StatusTag).map(({ text }) => text)).toEqual(['Undone']);
  expect(page.findAll(LoadingButton)).toEqual([]);
  await vi.waitFor(() => expect(page.mocks.actions.refreshObjectProperties.callCount).toBe(1));
});

test('an undo says who has changed it since', async () => {
  const { page, says } = open(withChanges(written()), {
    [`${changePath}/undo`]: no('stale', 'Dana Whitfield changed the amount in HubSpot on 3 November. It stays as it is.'),
  });
  await says('Undo');
  page.find(LoadingButton).trigger('onClick');
  await says('Dana Whitfield changed the amount');
  expect(page.find(Alert).props.title).toBe('Dana Whitfield changed the amount in HubSpot on 3 November. It stays as it is.');
});

test('an undo that came too late says why, and may be pressed again', async () => {
  const { page, says } = open(withChanges(written(), undoing({ state: 'superseded', trouble: 'Lena changed the task in HubSpot.' })));
  await says('Not undone: Lena changed the task in HubSpot.');
  expect(page.find(LoadingButton).text).toBe('Undo');
});

test('an undo whose answer was lost is repeated under its own id', async () => {
  const { page, asked, says } = open(withChanges(written()), { [`${changePath}/undo`]: () => Promise.reject(new Error('cut off')) });
  await says('Undo');
  page.find(LoadingButton).trigger('onClick');
  await says('No connection');
  page.find(LoadingButton).trigger('onClick');
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[1]).toEqual(asked[2]);
});

// The fake's clock stands at the beginning of 1970.
test.each([
  ['what is older than 30 days', written({ writtenAt: '1969-12-01T23:59:59Z' })],
  ['what was undone', written({ state: 'undone' })],
  ['an approved email', change(email, { state: 'approved', writtenAt })],
])('offers no undo for %s', async (_, item) => {
  const { page, says } = open(withChanges(item));
  await says(item.reason);
  expect(page.findAll(LoadingButton)).toEqual([]);
});

const asks = [
  { field: 'why', label: 'Why they buy', type: 'text' },
  { field: 'until', label: 'Needed by', type: 'date' },
  { field: 'plan', label: 'Plan', type: 'choice', options: [{ value: 'p_2', label: 'Team' }] },
] as const;
const parked = (more = {}) => change(stage, { state: 'parked', parkedWhy: 'lacks', trouble: 'HubSpot wants three fields first.', ...more });

test('what HubSpot asks for is given with the retry', async () => {
  const { page, asked, says } = open(withChanges(parked({ asks })), { [`${changePath}/approve`]: ok(change(stage, { state: 'due' })) });
  await says('Not written, because HubSpot wants three fields first.');
  const [why, until] = page.findAll(Input);
  expect([why!.props.label, until!.props.label, until!.props.description]).toEqual(['Why they buy', 'Needed by', 'Like 2026-11-30']);
  why!.trigger('onChange', 'Rollout' as never);
  await page.waitFor(() => expect(page.findAll(Input)[0]!.props.value).toBe('Rollout'));
  page.findAll(Input)[1]!.trigger('onChange', '2026-11-30' as never);
  await page.waitFor(() => expect(page.findAll(Input)[1]!.props.value).toBe('2026-11-30'));
  expect(page.find(Select).props).toMatchObject({ label: 'Plan', options: [{ value: 'p_2', label: 'Team' }], value: '' });
  page.find(Select).trigger('onChange', 'p_2' as never);
  await page.waitFor(() => expect(page.find(Select).props.value).toBe('p_2'));
  expect(page.findAll(LoadingButton).map(({ text }) => text)).toEqual(['Retry']);
  page.find(LoadingButton).trigger('onClick');
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[1]).toMatchObject({
    path: `${changePath}/approve`,
    body: { version: 3, values: { why: 'Rollout', until: '2026-11-30', plan: 'p_2' } },
  });
  expect(page.mocks.actions.addAlert.calls).toEqual([[{ type: 'success', message: 'Trying again. It is on its way to HubSpot.' }]]);
});

test('keeps what was typed when a field is still missing', async () => {
  const { page, says } = open(withChanges(parked({ asks })), {
    [`${changePath}/approve`]: no('bad-request', 'The field “Plan” is missing.'),
  });
  await says('Retry');
  page.findAll(Input)[0]!.trigger('onChange', 'Rollout' as never);
  await page.waitFor(() => expect(page.findAll(Input)[0]!.props.value).toBe('Rollout'));
  page.find(LoadingButton).trigger('onClick');
  await says('The field “Plan” is missing.');
  expect(page.findAll(Input)[0]!.props.value).toBe('Rollout');
});

test('what is parked is discarded with one press', async () => {
  const { page, asked, says } = open(withChanges(parked()), { [`${changePath}/decline`]: ok(change(stage, { state: 'declined' })) });
  await says('Discard');
  page.find(Button, (node) => node.text === 'Discard').trigger('onClick');
  await vi.waitFor(() => expect(asked.map(({ path }) => path)).toEqual([conversationPath, `${changePath}/decline`, conversationPath]));
});

test('who may not undo is told so', async () => {
  const { page, says } = open(withChanges(written()), {
    [`${changePath}/undo`]: no('no-permission', 'Your CRM does not show you this record.'),
  });
  await says('Undo');
  page.find(LoadingButton).trigger('onClick');
  await says('What to do.');
  expect(page.find(ErrorState).props.type).toBe('lock');
});

const privatePath = `/v1/calls/${callId}/private`;
const destroyPath = `/v1/calls/${callId}/destroy`;

test('one press makes a call its rep’s alone, and the card says so', async () => {
  const { page, says, asked, replies } = open(ok(conversation()), { [privatePath]: ok({ callId, isPrivate: true }) });
  await says('Make private');
  replies[conversationPath] = ok(conversation({ call: { ...conversation().call, isPrivate: true } }));
  page.find(Button, (node) => node.text === 'Make private').trigger('onClick');
  await says('Private: only its rep sees this');
  await says('Share again');
  expect(asked.find(({ path }) => path === privatePath)?.body).toEqual({
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    isPrivate: true,
  });
});

test('says who may share a private call again', async () => {
  const call = { ...conversation().call, isPrivate: true };
  const { page, says } = open(ok(conversation({ call })), {
    [privatePath]: no('no-permission', 'Only this call’s rep can share it again.'),
  });
  await says('Share again');
  page.find(Button, (node) => node.text === 'Share again').trigger('onClick');
  await says('Only this call’s rep can share it again.');
});

test('a destruction says what goes, takes one more press, and leaves a page that says it', async () => {
  const standing = [{ change: change(stage, { state: 'written', writtenAt: '2026-11-20T15:05:00Z', evidence: [] }) }];
  const { page, says, asked } = open(ok(conversation()), { [destroyPath]: ok({ callId, standing }) });
  const press = (text: string) => page.find(Button, (node) => node.text === text).trigger('onClick');
  await says('Destroy');
  press('Destroy');
  await says('Destroy this call?');
  await says('everything learned from this call go');
  press('Keep it');
  await says('Make private');
  expect(asked.some(({ path }) => path === destroyPath)).toBe(false);
  press('Destroy');
  await says('Destroy this call?');
  page.find(LoadingButton, (node) => node.text === 'Destroy it').trigger('onClick');
  await says('Nothing of it is kept here');
  expect(page.find(EmptyState).props.title).toBe('This call was destroyed');
  expect(page.findAll(Heading).map(({ text }) => text)).toEqual(['Still in HubSpot']);
  await says('Deal stage');
  press('Go on');
  await says('Maya wants a proposal for 120 seats');
});

test('a destruction that did not reach everything says so and can be pressed again', async () => {
  const { page, says } = open(ok(conversation()), { [destroyPath]: no('trouble', 'Something could not be reached.') });
  await says('Destroy');
  page.find(Button, (node) => node.text === 'Destroy').trigger('onClick');
  await says('Destroy this call?');
  page.find(LoadingButton, (node) => node.text === 'Destroy it').trigger('onClick');
  await says('Something could not be reached.');
  await says('Destroy it');
});

test('a call that was destroyed before is an empty page', async () => {
  const call = { ...conversation().call, status: 'failed' as const, missed: 'destroyed' as const, customerName: 'Destroyed' };
  const { page, says } = open(ok(conversation({ call, insight: null })));
  await says('Nothing of it is kept here');
  expect(page.find(EmptyState).props.title).toBe('This call was destroyed');
});

test('asks whose voice is whose in one sentence with two buttons, and says it once', async () => {
  const ask = {
    text: 'We are not sure who is who on this call: which of the two is Sam Okafor?',
    options: [
      { rep: 'Speaker 1', label: 'Speaker 1 is Sam Okafor', quote: 'Good morning.' },
      { rep: 'Speaker 2', label: 'Speaker 2 is Sam Okafor', quote: 'Hello?' },
    ],
  };
  const path = `/v1/calls/${callId}/speakers`;
  const { page, says, asked } = open(ok(conversation({ askSpeakers: ask })), { [path]: ok({ callId, speakers: [] }) });
  await says('Good morning.');
  expect(page.findAll(Alert).map(({ props }) => props.title)).toContain(ask.text);
  page
    .findAll(LoadingButton)
    .find(({ text }) => text === 'Speaker 2 is Sam Okafor')
    ?.trigger('onClick');
  await page.waitFor(() => expect(asked.filter((one) => one.path === path).map(({ body }) => body?.['rep'])).toEqual(['Speaker 2']));
});

test('the full brief has the words themselves', async () => {
  const { page, asked, says } = open(ok(conversation()), { [briefPath]: ok(brief({ gap: 'HubSpot did not answer in time.' })) });
  await says('Maya wants a proposal');
  page.find(Button, (node) => node.text === 'Brief me before the next call').trigger('onClick');
  await says('“send you the security questionnaire by Thursday” Rep, 1:01, call of Nov 20');
  await says('MEDDPICC: nobody has told us yet');
  await says('HubSpot did not answer in time.');
  expect(asked.filter(({ path }) => path === briefPath)).toHaveLength(1);
});
