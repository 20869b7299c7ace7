import { createRenderer } from '@hubspot/ui-extensions/testing';
import type { CaptureSource, CoverageView } from '@ros/contracts';
import { expect, test } from 'vitest';
import { fakeService, no, ok } from './fake-service.ts';
import { Alert, Button, ErrorState, Heading, Link, LoadingButton, LoadingSpinner, Select, StatusTag, TextArea } from './host.ts';
import { Settings } from './Settings.tsx';

const sourcesPath = '/v1/capture/sources';
const consentPath = '/v1/settings/consent';
const neverPath = '/v1/settings/never-record';
const coveragePath = '/v1/capture/coverage';
const zoomPath = '/v1/connection/zoom';

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
const nobody = { domains: [], numbers: [], words: [], reps: [] };

function open(more: Record<string, unknown> = {}) {
  const service = fakeService({
    [sourcesPath]: sources(),
    [consentPath]: ok(consent),
    [neverPath]: ok(nobody),
    [coveragePath]: ok(coverage),
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
  expect(page.findAll(Heading).map(({ text }) => text)).toEqual(['Where calls come from', 'Consent', 'Never record', 'Calls heard']);
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
  expect(asked.at(-1)).toMatchObject({ method: 'PUT', path: consentPath, body: { office: 'US-NY', offices: [], atLeast: 'all-told' } });
});

test('whom nobody hears is one list, told apart line by line', async () => {
  const { page, says, press, asked } = open({ [neverPath]: ok({ ...nobody, domains: ['acme.example'] }) });
  await says('Whom nobody hears');
  expect(page.find(TextArea).props.value).toBe('acme.example');
  page.find(TextArea).trigger('onChange', 'acme.example\n+4930*\nBoard' as never);
  press('Save the list');
  await says('Saved. It counts from the next call.');
  expect(asked.at(-1)?.body).toMatchObject({ domains: ['acme.example'], numbers: ['+4930*'], words: ['Board'], reps: [] });
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
