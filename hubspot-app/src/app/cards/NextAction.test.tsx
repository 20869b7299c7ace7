import { expect, test, vi } from 'vitest';
import {
  brief,
  briefPath,
  callId,
  change,
  email,
  fakeService,
  live,
  next,
  nextPath,
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
  Input,
  Link,
  LoadingButton,
  LoadingSpinner,
  Modal,
  StatusTag,
  Text,
  TextArea,
} from './host.ts';
import { NextAction } from './NextAction.tsx';

function open(replies: Record<string, unknown>) {
  const service = fakeService(replies);
  const page = openRecord('crm.record.sidebar');
  page.render(<NextAction world={service.world} />);
  const says = (text: string) => page.waitFor(() => expect(page.getRootNode().toString()).toContain(text));
  return { ...service, page, says };
}

test('says that it is looking while nothing is known', () => {
  const { page } = open({ [nextPath]: () => new Promise(() => {}) });
  expect(page.find(LoadingSpinner).props).toMatchObject({ label: 'Looking for the next step', showLabel: true });
});

test('says that all is clear, and looks again for a call', async () => {
  const { page, waits, says } = open({ [nextPath]: ok({ state: 'clear', line: 'Next touch in 3 days.' }) });
  await says('Next touch in 3 days.');
  expect(page.find(Heading).text).toBe('All clear');
  expect(waits()).toEqual([4_000]);
});

test('shows one thing to do with its proof', async () => {
  const { page, says } = open({ [nextPath]: ok(next(change(stage), 2)) });
  await says('Send Maya the security questionnaire');
  expect(page.findAll(Text).map(({ text }) => text)).toContain('“send you the security questionnaire by Thursday” You, 1:01');
  expect(page.findByTestId(Text, 'after').text).toBe('After that: 2 more, in the Conversation tab.');
  expect(page.find(LoadingButton).text).toBe('Move to Presentation');
  await says('Qualified');
});

test('offers nothing to press but listening and calling when there is nothing to decide', async () => {
  const { page, says } = open({ [nextPath]: ok(next()) });
  await says('You promised it');
  expect([...page.findAll(Button), ...page.findAll(LoadingButton)].map(({ text }) => text)).toEqual([
    'Brief me',
    'Listen to a meeting',
    'Sign in to call',
  ]);
});

test('a press to listen gives the page to open, which stays while the call begins and goes once it was opened', async () => {
  const url = `https://api.test/listen/${callId}#ticket`;
  const { page, replies, asked, later, says } = open({
    [nextPath]: ok({ state: 'clear', line: 'Next touch in 3 days.' }),
    '/v1/record/deal/7001/listen': ok({ callId, url, expiresAt: '2026-11-21T10:00:00Z' }),
  });
  await says('All clear');
  page.find(LoadingButton).trigger('onClick');
  await says('Open the listening page');
  expect(page.find(Link).props).toMatchObject({ href: { url, external: true } });
  expect(asked.find(({ path }) => path.endsWith('/listen'))?.body).toEqual({ requestId: expect.any(String) });
  replies[nextPath] = ok({ state: 'live', callId });
  replies[`/v1/calls/${callId}/live`] = ok(live());
  later();
  await says('Maya Lindqvist');
  page.find(Link).trigger('onClick');
  await page.waitFor(() => expect(page.maybeFind(Link)).toBeNull());
});

test('an approval names the version that was seen and shows the record anew', async () => {
  const { page, asked, later, waits, says } = open({
    [nextPath]: ok(next(change(stage))),
    '/v1/changes/c1/approve': ok(change(stage, { state: 'due' })),
  });
  await says('Move to Presentation');
  page.find(LoadingButton).trigger('onClick');
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[1]).toEqual({
    method: 'POST',
    path: '/v1/changes/c1/approve',
    body: { version: 3, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
  expect(page.mocks.actions.addAlert.calls).toEqual([[{ type: 'success', message: 'Approved. It is on its way to HubSpot.' }]]);
  await vi.waitFor(() => expect(waits()).toEqual([3_000, 4_000]));
  later();
  expect(page.mocks.actions.refreshObjectProperties.callCount).toBe(1);
});

test('"Not useful" declines', async () => {
  const { page, asked, says } = open({
    [nextPath]: ok(next(change(task))),
    '/v1/changes/c1/decline': ok(change(task, { state: 'declined' })),
  });
  await says('Add the task');
  await says('Task, due Thu, Nov 26');
  page.find(Button, (node) => node.text === 'Not useful').trigger('onClick');
  await vi.waitFor(() => expect(asked.map(({ path }) => path)).toEqual([nextPath, '/v1/changes/c1/decline', nextPath]));
});

test('an email is approved byte for byte as edited, then copied', async () => {
  const edited = { ...email, kind: 'draft-email' as const, to: [], subject: 'Your questionnaire', body: 'Dear Maya' };
  const { page, asked, says } = open({
    [nextPath]: ok(next(change(email))),
    '/v1/changes/c1/approve': ok(change(edited, { state: 'approved' })),
  });
  await says('Review the email');
  const overlay = () => page.find(Button, (node) => node.text === 'Review the email').props.overlay!;
  const modal = () => (overlay() as unknown as { find: typeof page.find }).find(Modal);
  modal()
    .find(Input)
    .trigger('onChange', 'Your questionnaire' as never);
  modal()
    .find(TextArea)
    .trigger('onChange', 'Dear Maya' as never);
  await page.waitFor(() => expect(modal().find(TextArea).props.value).toBe('Dear Maya'));
  modal().find(LoadingButton).trigger('onClick');
  await vi.waitFor(() => expect(page.mocks.actions.copyTextToClipboard.calls).toEqual([['Your questionnaire\n\nDear Maya']]));
  expect(asked[1]?.body).toMatchObject({ version: 3, email: { subject: 'Your questionnaire', body: 'Dear Maya' } });
  expect(page.mocks.actions.closeOverlay.calls).toEqual([['email-c1']]);
});

test('a stale approval says what changed and reloads on demand', async () => {
  const { page, asked, says } = open({
    [nextPath]: ok(next(change(stage))),
    '/v1/changes/c1/approve': no('stale', 'Lena moved the deal to Contract a minute ago.', 'Reload to see it.'),
  });
  await says('Move to Presentation');
  page.find(LoadingButton).trigger('onClick');
  await says('Lena moved the deal');
  page.find(Button, (node) => node.text === 'Reload').trigger('onClick');
  await vi.waitFor(() => expect(asked.filter(({ path }) => path === nextPath)).toHaveLength(2));
});

test('a press whose answer was lost is repeated under its own id', async () => {
  const { page, asked, says } = open({
    [nextPath]: ok(next(change(stage))),
    '/v1/changes/c1/approve': () => Promise.reject(new Error('cut off')),
  });
  await says('Move to Presentation');
  page.find(LoadingButton).trigger('onClick');
  await says('No connection');
  page.find(LoadingButton).trigger('onClick');
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[1]).toEqual(asked[2]);
});

test.each([
  ['not-connected', EmptyState],
  ['no-permission', ErrorState],
  ['plan-limit', Alert],
  ['stale', Alert],
  ['trouble', Alert],
  ['not-found', Alert],
] as const)('%s has a state of its own with what to do', async (code, Shown) => {
  const { page, says } = open({ [nextPath]: no(code, `Because ${code}.`) });
  await says('What to do.');
  expect(page.find(Shown as typeof Alert).props.title).toBe(`Because ${code}.`);
});

test('says when there is no connection, and looks again', async () => {
  const { says, later, replies, waits } = open({ [nextPath]: () => Promise.reject(new Error('cut off')) });
  await says('No connection');
  replies[nextPath] = ok({ state: 'clear', line: 'Next touch in 3 days.' });
  await vi.waitFor(() => expect(waits()).toEqual([8_000]));
  later();
  await says('All clear');
});

test('takes nothing off the screen for a hiccup', async () => {
  const { page, says, later, replies, asked, waits } = open({ [nextPath]: ok(next()) });
  await says('You promised it');
  replies[nextPath] = () => Promise.resolve(new Response('bad gateway', { status: 502 }));
  later();
  await vi.waitFor(() => expect(waits()).toEqual([8_000]));
  expect(asked).toHaveLength(2);
  expect(page.find(Heading).text).toBe('Send Maya the security questionnaire');
});

test.each([
  ['ended', 'Writing down what was said'],
  ['transcribed', 'Working out what it means'],
])('a call that is %s shows what is being done', async (status, words) => {
  const call = {
    id: callId,
    record: { object: 'deal', id: '7001' },
    status,
    source: 'twilio',
    repName: 'Sam',
    customerName: 'Maya',
    startedAt: '',
    durationMs: 1,
    isPrivate: false,
  };
  const { says, waits } = open({ [nextPath]: ok({ state: 'working', call, pollMs: 700 }) });
  await says(words);
  await vi.waitFor(() => expect(waits()).toEqual([700]));
});

test('turns into Live while a call runs and back when it has ended', async () => {
  const { page, says, later, replies } = open({
    [nextPath]: ok({ state: 'live', callId }),
    [`/v1/calls/${callId}/live`]: ok(live()),
  });
  await says('Live · 1:02 · Maya Lindqvist');
  expect(page.findByTestId(StatusTag, 'consent').text).toBe('They agreed to recording.');
  replies[`/v1/calls/${callId}/live`] = ok({ state: 'ended', seq: 5, callId });
  replies[nextPath] = ok(next());
  later();
  await says('You promised it');
});

test('a press signs the calling window in with a code', async () => {
  const { page, asked, says } = open({
    [nextPath]: ok({ state: 'clear', line: 'Next touch in 3 days.' }),
    '/v1/calling/code': ok({ code: 'AB3DE-45GHJ', expiresAt: '2026-11-21T10:00:00Z' }),
  });
  await says('All clear');
  page.findAll(LoadingButton).at(-1)?.trigger('onClick');
  await says('AB3DE-45GHJ');
  expect(asked.find(({ path }) => path.endsWith('/code'))?.body).toEqual({ requestId: expect.any(String) });
});

test('every button has words on it', async () => {
  const { page, says } = open({ [nextPath]: ok(next(change(email))) });
  await says('Review the email');
  for (const button of [...page.findAll(Button), ...page.findAll(LoadingButton)]) expect(button.text).toMatch(/\w/);
});

test('what could not be written is tried again or let go, with one button that stands out', async () => {
  const { page, says } = open({ [nextPath]: ok(next(change(stage, { state: 'parked', trouble: 'HubSpot did not answer for a day.' }))) });
  await says('Retry');
  expect(page.findAll(LoadingButton).map(({ text, props }) => [text, props.variant])).toEqual([
    ['Retry', 'primary'],
    ['Listen to a meeting', 'secondary'],
    ['Sign in to call', 'secondary'],
  ]);
  expect(page.findAll(Button).map(({ text, props }) => [text, props.variant])).toEqual([
    ['Discard', undefined],
    ['Brief me', undefined],
  ]);
});

test('a press asks for the brief, once, and shows where each line is from', async () => {
  const { page, asked, later, says } = open({
    [nextPath]: ok({ state: 'clear', line: 'Next touch in 3 days.' }),
    [briefPath]: ok(brief()),
  });
  await says('All clear');
  expect(asked.filter(({ path }) => path === briefPath)).toEqual([]);
  page.find(Button, (node) => node.text === 'Brief me').trigger('onClick');
  await says('Presentation; last call Friday: Maya wants to move ahead.');
  const words = page.findAll(Text).map(({ text }) => text);
  expect(words).toEqual(
    expect.arrayContaining(['HubSpot: Stage · Call of Nov 20', 'Promised', 'You promised: Send the plan', 'Call of Nov 20, 1:01', 'Ask']),
  );
  expect(page.find(StatusTag).text).toBe('Overdue');
  expect(page.find(Heading).text).toBe('Before the call');
  later();
  await vi.waitFor(() => expect(asked.filter(({ path }) => path === nextPath)).toHaveLength(2));
  expect(asked.filter(({ path }) => path === briefPath)).toHaveLength(1);
  page.find(Button, (node) => node.text === 'Hide the brief').trigger('onClick');
  await page.waitFor(() => expect(page.getRootNode().toString()).not.toContain('You promised: Send the plan'));
});

test('before a meeting the brief stands first without a press', async () => {
  const meetingAt = '2026-11-23T14:15:00.000Z';
  const { page, asked, says } = open({ [nextPath]: ok({ ...next(), meetingAt }), [briefPath]: ok(brief({ meetingAt })) });
  await says('You promised: Send the plan');
  expect(page.findAll(Heading).map(({ text }) => text)).toEqual([
    expect.stringContaining('Before your meeting at'),
    'Send Maya the security questionnaire',
  ]);
  expect(asked.map(({ path }) => path)).toEqual([nextPath, briefPath]);
});

test.each([
  ['trouble', Alert],
  ['no-permission', ErrorState],
] as const)('a brief that cannot be had for %s says so, beside what there is to do', async (code, Shown) => {
  const { page, says } = open({ [nextPath]: ok(next()), [briefPath]: no(code, 'No brief now.') });
  await says('You promised it');
  page.find(Button, (node) => node.text === 'Brief me').trigger('onClick');
  await says('No brief now.');
  expect(page.find(Shown as typeof Alert).props.title).toBe('No brief now.');
  expect(page.findAll(Heading).map(({ text }) => text)).toEqual(['Send Maya the security questionnaire']);
});
