import { expect, test } from 'vitest';
import { recordingHop, recordingUrl, streamUrl } from './safe-url.ts';

const account = `AC${'0a'.repeat(16)}`;
const twilio = `https://api.twilio.com/2010-04-01/Accounts/${account}/Recordings/RE${'1b'.repeat(16)}`;
const graph = 'https://graph.microsoft.com/v1.0/users/u-1/onlineMeetings/MSo1/recordings/r-1/content';

test.each([
  ['twilio', twilio, twilio],
  ['twilio', `${twilio}.wav?RequestedChannels=2`, `${twilio}.wav?RequestedChannels=2`],
  ['twilio', twilio.replace('https://api.twilio.com', 'HTTPS://API.Twilio.COM.:443'), twilio],
  ['twilio', twilio.replace('api.', 'api.dublin.ie1.'), twilio.replace('api.', 'api.dublin.ie1.')],
  ['zoom', 'https://us02web.zoom.us/rec/webhook_download/a.b-c', 'https://us02web.zoom.us/rec/webhook_download/a.b-c'],
  ['zoom', 'https://zoom.us/rec/download/x?access_token=a.b', 'https://zoom.us/rec/download/x?access_token=a.b'],
  ['graph', graph, graph],
  [
    'graph',
    "https://graph.microsoft.com/beta/communications/onlineMeetings('m')/transcripts('t')/content",
    "https://graph.microsoft.com/beta/communications/onlineMeetings('m')/transcripts('t')/content",
  ],
] as const)('%s has recordings at %s', (source, raw, fetched) => {
  expect(recordingUrl(raw, source)?.href).toBe(fetched);
});

test('a source’s recordings are not another’s', () => {
  expect([recordingUrl(twilio, 'zoom'), recordingUrl(graph, 'twilio')]).toEqual([null, null]);
});

/** In place of `https://api.twilio.com`. */
const origins = [
  'http://api.twilio.com',
  'ftp://api.twilio.com',
  '//api.twilio.com',
  'https:/api.twilio.com',
  'https:api.twilio.com',
  'https://api.twilio.com:8443',
  'https://api.twilio.com:80',
  'https://user@api.twilio.com',
  'https://user:pass@api.twilio.com',
  'https://@api.twilio.com',
  'https://api.twilio.com@evil.example',
  'https://evil.example\\@api.twilio.com',
  'https://api.twilio.com\\@evil.example',
  'https://api.twilio.com%2eevil.example',
  'https://api%2etwilio.com',
  'https://api.twilio.com.evil.example',
  'https://evilapi.twilio.com',
  'https://twilio.com',
  'https://api.twilio.com..',
  'https://api.twi\nlio.com',
  ' https://api.twilio.com',
  'https://ⓐpi.twilio.com',
  'https://api。twilio.com',
  'https://xn--pi-6kc.twilio.com',
  'https://127.0.0.1',
  'https://2130706433',
  'https://0x7f.1',
  'https://0177.0.0.1',
  'https://[::1]',
  'https://[::ffff:169.254.169.254]',
  'https://localhost',
  'https://metadata.google.internal',
];

test.each(origins)('nothing is fetched from %s', (origin) => {
  expect(recordingUrl(twilio.replace('https://api.twilio.com', origin), 'twilio')).toBeNull();
});

test('a host that is known serves its recordings and nothing else', () => {
  const elsewhere = [
    'https://api.twilio.com/',
    'https://api.twilio.com',
    'https://api.twilio.com/redirect?to=https://169.254.169.254/',
    `https://api.twilio.com/2010-04-01/Accounts/${account}.json`,
    `${twilio}/../../Calls.json`,
    `${twilio}/%2e%2e/%2e%2e/Calls.json`,
    `${twilio}.json`,
    `${twilio}#.mp3`,
    `${twilio}.mp3 `,
    `${twilio}\u0000.mp3`,
    `${twilio}?${'x'.repeat(9_000)}`,
    '',
  ];
  expect(elsewhere.map((raw) => recordingUrl(raw, 'twilio'))).toEqual(elsewhere.map(() => null));
  const others = [
    'https://evilzoom.us/rec/download/a',
    'https://zoom.us/rec/play/a',
    'https://zoom.us/rec/download/../../a',
    'https://zoom.us/rec/download/a%2Fb',
  ];
  expect(others.map((raw) => recordingUrl(raw, 'zoom'))).toEqual(others.map(() => null));
  const more = [
    'https://graph.microsoft.com/v1.0/me/messages',
    graph.replace('/r-1/', '/%2e%2e/'),
    graph.replace('/r-1/', '/r/s/'),
    `${graph}/x`,
  ];
  expect(more.map((raw) => recordingUrl(raw, 'graph'))).toEqual(more.map(() => null));
});

test('a vendor sends on within its own hosts only, to any path there', () => {
  expect(recordingHop('https://ssrweb.zoom.us/replay05/a.m4a?sig=b', 'zoom')?.href).toBe('https://ssrweb.zoom.us/replay05/a.m4a?sig=b');
  for (const raw of [
    'http://ssrweb.zoom.us/a',
    'https://ssrweb.zoom.us:8443/a',
    'https://zoom.us.evil.example/a',
    'https://127.0.0.1/a',
    'https://zoom.us\\@evil.example/a',
  ])
    expect(recordingHop(raw, 'zoom')).toBeNull();
});

test('a running meeting’s stream is opened at Zoom’s own gateways alone, never in the clear', () => {
  const gateway = 'zoomsjc144-195-19-86zssgw.sjc.zoom.us';
  expect(streamUrl(`wss://${gateway}:443`)?.href).toBe(`https://${gateway}/`);
  expect(streamUrl('wss://rtms-sjc1.zoom.us/a?b=c')?.href).toBe('https://rtms-sjc1.zoom.us/a?b=c');
  for (const raw of [
    `ws://${gateway}`,
    `https://${gateway}`,
    `wss://${gateway}:8443`,
    'wss://zoom.us.evil.example',
    'wss://evilzoom.us/',
    'wss://zoom.us@evil.example/',
    'wss://evil.example/#.zoom.us',
    'wss://evil.example\\.zoom.us',
    'wss://127.0.0.1/',
    'wss://a.b.c.d.zoom.us/',
    `wss://rtms.zoom.us/${'a'.repeat(2_048)}`,
  ])
    expect([raw, streamUrl(raw)]).toEqual([raw, null]);
});
