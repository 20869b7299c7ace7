import { createRenderer } from '@hubspot/ui-extensions/testing';
import type { CaptureSource, CoverageView, UsageView } from '@ros/contracts';
import { expect, test } from 'vitest';
import { fakeService, no, ok } from './fake-service.ts';
import {
  Alert,
  Button,
  ErrorState,
  Heading,
  Input,
  Link,
  LoadingButton,
  LoadingSpinner,
  ProgressBar,
  Select,
  StatusTag,
  TextArea,
} from './host.ts';
import { Settings } from './Settings.tsx';

const sourcesPath = '/v1/capture/sources';
const consentPath = '/v1/settings/consent';
const neverPath = '/v1/settings/never-record';
const coveragePath = '/v1/capture/coverage';
const zoomPath = '/v1/connection/zoom';
const usagePath = '/v1/usage';
const budgetPath = '/v1/settings/budget';
const wordsPath = '/v1/settings/words';
const rulesPath = '/v1/guidance/rules';
const minePath = '/v1/guidance/mine';
const teamPath = '/v1/settings/team-help';

const source = (over: Partial<CaptureSource>): CaptureSource => ({
  source: 'telephone',
  state: 'connected',
  line: 'Twilio answers 2 numbers.',
  ...over,
});
const sources = (zoom: Partial<CaptureSource> = {}) =>
  ok({
    sources: [
      source({}),
      source({ source: 'browser', state: 'ready', line: 'A rep presses “Listen to a meeting” on a record.' }),
      source({ source: 'zoom', state: 'open', line: 'Connect it, and meetings recorded in Zoom become calls.', ...zoom }),
      source({ source: 'teams', state: 'lacks', line: 'No Teams app is set up here yet.' }),
      source({ source: 'upload', state: 'ready', line: 'Recordings can be handed over.' }),
    ],
  });
const coverage: CoverageView = {
  from: '2026-10-22T00:00:00Z',
  to: '2026-11-21T00:00:00Z',
  known: 43,
  caught: 41,
  share: 41 / 43,
  open: 0,
  byReason: [
    { why: 'refused', count: 1 },
    { why: 'failed', count: 1 },
  ],
  misses: [],
  knownFrom: ['doors'],
};
const consent = { office: null, offices: [], atLeast: null };
const usage: UsageView = {
  month: '2026-11',
  speech: {
    live: 600,
    batch: 634,
    whisper: 0,
    minutes: 1_234,
    usd: 9.48,
    capMinutes: 5_000,
    forecastMinutes: 3_085,
    share: 0.2468,
    state: 'open',
  },
  model: { tokensIn: 1_000, tokensOut: 100, tokensCached: 0, usd: 2.92, capUsd: 20, forecastUsd: 7.3, share: 0.146, state: 'open' },
  usd: 12.4,
  forecastUsd: 31,
  pricesAsOf: '2026-11-21',
  notices: [],
};
const nobody = { domains: [], numbers: [], words: [], reps: [] };

function open(more: Record<string, unknown> = {}) {
  const service = fakeService({
    [sourcesPath]: sources(),
    [consentPath]: ok(consent),
    [neverPath]: ok(nobody),
    [coveragePath]: ok(coverage),
    [usagePath]: ok(usage),
    [budgetPath]: ok({ speechMinutes: null, modelUsd: null }),
    [wordsPath]: ok({ products: ['Pulse'] }),
    [rulesPath]: ok({ rules: [], notices: [] }),
    [minePath]: ok({ quiet: 'off', never: [], rules: [] }),
    [teamPath]: ok({ isOn: false, teams: [] }),
    ...more,
  });
  const page = createRenderer('settings');
  page.mocks.context.variables = { API_ORIGIN: 'https://api.test' };
  page.render(<Settings world={service.world} />);
  const says = (text: string) => page.waitFor(() => expect(page.getRootNode().toString()).toContain(text));
  const press = (text: string) =>
    (page.maybeFind(LoadingButton, (node) => node.text === text) ?? page.find(Button, (node) => node.text === text)).trigger('onClick');
  return { ...service, page, says, press };
}

test('says that it is looking while nothing is known', () => {
  const { page } = open({ [sourcesPath]: () => new Promise(() => {}) });
  expect(page.find(LoadingSpinner).props.label).toBe('Looking where calls come from');
});

test('shows where calls come from, each with where it stands', async () => {
  const { page, says } = open();
  await says('41 of 43');
  await says('so far this month');
  await says('What you sell');
  expect(page.findAll(Heading).map(({ text }) => text)).toEqual([
    'Where calls come from',
    'Consent',
    'Never record',
    'Names to know',
    'How guidance does',
    'Help on live calls',
    'Live now',
    'Calls heard',
    'This month',
  ]);
  expect(page.findAll(StatusTag).map(({ text }) => text)).toEqual(['Connected', 'Ready', 'Not connected', 'Not set up', 'Ready']);
  await says('2 missed: 1 refused by somebody on the call, 1 failed on our side.');
});

test('connecting asks one question, and leads to a page of the platform’s', async () => {
  const { page, says, press, asked } = open({
    [zoomPath]: ok({ url: 'https://api.test/oauth/zoom/start?ticket=t', expiresAt: '2026-11-21T10:00:00Z' }),
  });
  await says('Connect Zoom');
  press('Connect Zoom');
  await says('Does Zoom ask everybody in a meeting before it records?');
  press('Yes, everybody is asked');
  await says('Go on to Zoom to agree');
  expect(page.find(Link).props.href).toEqual({ url: 'https://api.test/oauth/zoom/start?ticket=t', external: true });
  expect(asked.find(({ path }) => path === zoomPath)).toEqual({
    method: 'POST',
    path: zoomPath,
    body: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), recordingIsConsent: true },
  });
});

test('disconnecting is one press, and the source shows it', async () => {
  const { says, press, asked, replies } = open({
    [sourcesPath]: sources({ state: 'connected', line: 'Meetings recorded in Zoom become calls.', recordingIsConsent: true }),
    [zoomPath]: ok({ state: 'disconnected' }),
  });
  await says('Disconnect Zoom');
  replies[sourcesPath] = sources();
  press('Disconnect Zoom');
  await says('Not connected');
  expect(asked.find(({ path }) => path === zoomPath)?.method).toBe('DELETE');
});

test('what could not be ended says so', async () => {
  const { page, says, press } = open({
    [sourcesPath]: sources({ state: 'connected', line: 'It is.' }),
    [zoomPath]: no('trouble', 'Zoom does not answer. Nothing was changed; try again.'),
  });
  await says('Disconnect Zoom');
  press('Disconnect Zoom');
  await says('What to do.');
  expect(page.find(Alert).props.title).toBe('Zoom does not answer. Nothing was changed; try again.');
});

test('where reps sit and how strict at least are two choices with defaults', async () => {
  const { page, says, press, asked } = open();
  await says('Where your reps sit');
  const [office, strict] = page.findAll(Select);
  expect([office?.props.value, strict?.props.value]).toEqual(['', '']);
  expect(office?.props.options).toContainEqual({ label: 'US: New York', value: 'US-NY' });
  office?.trigger('onChange', 'US-NY' as never);
  page.findAll(Select)[1]?.trigger('onChange', 'all-told' as never);
  press('Save consent');
  await says('Saved. It counts from the next call.');
  expect(asked.filter(({ method }) => method === 'PUT').at(-1)).toMatchObject({
    method: 'PUT',
    path: consentPath,
    body: { office: 'US-NY', offices: [], atLeast: 'all-told' },
  });
});

test('whom nobody hears is one list, told apart line by line', async () => {
  const { page, says, press, asked } = open({ [neverPath]: ok({ ...nobody, domains: ['acme.example'] }) });
  await says('Whom nobody hears');
  expect(page.find(TextArea, ({ props }) => props.name === 'never-record').props.value).toBe('acme.example');
  page.find(TextArea, ({ props }) => props.name === 'never-record').trigger('onChange', 'acme.example\n+4930*\nBoard' as never);
  press('Save the list');
  await says('Saved. It counts from the next call.');
  expect(asked.filter(({ method }) => method === 'PUT').at(-1)?.body).toMatchObject({
    domains: ['acme.example'],
    numbers: ['+4930*'],
    words: ['Board'],
    reps: [],
  });
});

test('before the first call the count teaches what it counts', async () => {
  const { says } = open({ [coveragePath]: ok({ ...coverage, known: 0, caught: 0, share: null, byReason: [] }) });
  await says('No call has come to us in the last 30 days.');
});

test('who did not connect us is told whose this page is', async () => {
  const { page, says } = open({ [sourcesPath]: no('no-permission', 'Only who connected Relationship OS can see this.') });
  await says('What to do.');
  expect(page.find(ErrorState).props).toMatchObject({ type: 'lock', title: 'Only who connected Relationship OS can see this.' });
});

test.each(['plan-limit', 'not-connected', 'trouble'])('says what to do when it is %s', async (code) => {
  const { says } = open({ [sourcesPath]: no(code) });
  await says('What to do.');
});

test('one part that cannot be shown leaves the others', async () => {
  const { says } = open({ [coveragePath]: no('trouble', 'The service could not count.') });
  await says('The service could not count.');
  await says('Whom nobody hears');
});

test('the month is money, minutes, what it may cost and where it leads', async () => {
  const { page, says } = open();
  await says('$12.40 so far this month; about $31.00 by its end.');
  expect(
    page.findAll(ProgressBar).map(({ props: { title, value, valueDescription, variant } }) => [title, value, valueDescription, variant]),
  ).toEqual([
    ['Speech', 25, '1,234 of 5,000 minutes', 'success'],
    ['Reading calls', 15, '$2.92 of $20.00', 'success'],
  ]);
  await says('About 3,085 minutes by the end of the month.');
  expect(page.maybeFind(Alert)).toBeNull();
});

test('before the first call nothing was spent', async () => {
  const { says } = open({ [usagePath]: ok({ ...usage, usd: 0, forecastUsd: 0 }) });
  await says('Nothing was spent yet this month.');
});

test('a budget that is used up says what that means, and what an admin was told stands there', async () => {
  const said = 'This month’s speech budget is used up.';
  const speech = { ...usage.speech, share: 1.01, state: 'over' };
  const { page, says } = open({ [usagePath]: ok({ ...usage, speech, notices: [{ at: '2026-11-20T10:00:00Z', said }] }) });
  await says('Live guidance is off; calls are recorded and transcribed as before.');
  await says(said);
  expect(page.findAll(ProgressBar)[0]?.props).toMatchObject({ value: 100, variant: 'danger' });
});

test('a budget is two numbers, and nothing is the plan’s', async () => {
  const { page, says, press, asked } = open({ [budgetPath]: ok({ speechMinutes: 1_000, modelUsd: null }) });
  await says('Minutes of speech a month, at most');
  expect(page.findAll(Input).map(({ props }) => props.value)).toEqual(['1000', '']);
  page.findAll(Input)[1]?.trigger('onChange', 'a lot' as never);
  await says('Write numbers, as 1000 or 20.50, or nothing.');
  expect(page.find(LoadingButton, ({ text }) => text === 'Save the budget').props.disabled).toBe(true);
  page.findAll(Input)[1]?.trigger('onChange', '$20.50' as never);
  page.findAll(Input)[0]?.trigger('onChange', '' as never);
  press('Save the budget');
  await says('Saved. It counts at once.');
  const body = asked.find(({ method, path }) => method === 'PUT' && path === budgetPath)?.body;
  expect(body).toEqual({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), speechMinutes: null, modelUsd: 20.5 });
  await page.waitFor(() => expect(asked.filter(({ path }) => path === usagePath).length).toBe(2));
});

test('names that recognition should know are one list', async () => {
  const { page, says, press, asked } = open();
  await says('What you sell');
  const list = () => page.find(TextArea, ({ props }) => props.name === 'own-words');
  expect(list().props.value).toBe('Pulse');
  list().trigger('onChange', 'Pulse\nFlow Desk' as never);
  press('Save the names');
  await says('Saved. It counts from the next call.');
  expect(asked.find(({ method }) => method === 'PUT')).toMatchObject({ path: wordsPath, body: { products: ['Pulse', 'Flow Desk'] } });
});

test('a month that cannot be added up leaves the rest', async () => {
  const { says } = open({ [usagePath]: no('trouble', 'The service could not add up.') });
  await says('The service could not add up.');
  await says('Whom nobody hears');
});

test('who may help on live calls is one list, and what is no team is said before it is sent', async () => {
  const { page, says, press, asked } = open();
  await says('Who may help on whose calls');
  const list = () => page.find(TextArea, ({ props }) => props.name === teamPath);
  list().trigger('onChange', 'North' as never);
  await page.waitFor(() => expect(list().props.validationMessage).toContain('“North” is no team.'));
  expect(page.find(LoadingButton, ({ text }) => text === 'Save who may help').props.disabled).toBe(true);
  list().trigger('onChange', 'North: Jordan <jordan@ours.example> > sam@ours.example' as never);
  press('Save who may help');
  await says('Saved. It counts at once.');
  const teams = [{ name: 'North', leads: [{ rep: 'jordan@ours.example', name: 'Jordan' }], reps: ['sam@ours.example'] }];
  expect(asked.find(({ method, path }) => method === 'PUT' && path === teamPath)?.body).toMatchObject({ isOn: true, teams });
});

test('who leads a team opens the page of its calls, also where the settings are another’s', async () => {
  const { page, says, press } = open({
    [sourcesPath]: no('no-permission', 'Only who connected Relationship OS can see this.'),
    '/v1/live/ticket': ok({ url: 'https://api.test/team#ticket', expiresAt: '2026-11-22T10:00:00Z' }),
  });
  await says('Open “Live now”');
  press('Open “Live now”');
  await says('Go to “Live now”');
  expect(page.find(Link).props.href).toEqual({ url: 'https://api.test/team#ticket', external: true });
});
