import { afterEach, describe, expect, test } from 'vitest';
import { startZoom, type ZoomTwin } from '../../../sandbox/zoom/protocol.ts';
import { recordingHop, recordingUrl } from '../../http/safe-url.ts';
import { meetingsContract } from '../../ports/meetings.contract.ts';
import { zoomMeetings } from './meetings.ts';

const app = { accountId: 'sandbox-zoom-account', clientId: 'client', clientSecret: 'secret', secretToken: 'token' };
const startedMs = Date.parse('2026-11-20T15:00:00.000Z');
const sam = { name: 'Sam Okafor', email: 'sam@brightloop.example' };
const maya = { name: 'Maya Lindqvist', email: 'maya@cobaltfreight.example' };
const meeting = {
  // A slash in front: the address has to carry it encoded twice.
  uuid: '/aJb/CdEf+Gh==',
  topic: 'Cobalt Freight',
  host: sam,
  people: [sam, maya, { name: 'iPhone', email: '' }],
  startedMs,
  durationMs: 600_000,
  said: [{ name: 'Sam Okafor', text: 'Hello Maya.', startMs: 1_000, endMs: 2_000 }],
  voices: { 'Sam Okafor': new Uint8Array([1, 2]), 'Maya Lindqvist': new Uint8Array([3]) },
};

async function open(
  scopes?: readonly string[],
): Promise<{ zoom: ZoomTwin; of: (secret?: string, accountId?: string) => ReturnType<typeof zoomMeetings> }> {
  const zoom = await startZoom({ port: 0, app: { ...app, ...(scopes ? { scopes } : {}) } });
  const guard = {
    recording: (raw: string) => recordingUrl(raw, 'zoom'),
    hop: (raw: string) => recordingHop(raw, 'zoom'),
    files: zoom.origin,
  };
  const { clientId, accountId } = app;
  const of = (clientSecret = app.clientSecret, account = accountId) =>
    zoomMeetings({ api: zoom.origin, login: zoom.origin, accountId: account, clientId, clientSecret, now: Date.now }, guard);
  return { zoom, of };
}

/** Held without anybody who is told of it. */
const held = async (zoom: ZoomTwin, more: object = {}) =>
  zoom.finish({ ...meeting, ...more }, { withTranscript: true, voices: true }).catch(() => 0);

meetingsContract('Zoom', async () => {
  const { zoom, of } = await open();
  await held(zoom);
  return {
    meetings: of(),
    stranger: of('another secret'),
    ref: { id: meeting.uuid, hostEmail: sam.email },
    facts: {
      title: 'Cobalt Freight',
      startedAt: new Date(startedMs).toISOString(),
      durationMs: meeting.durationMs,
      host: { email: sam.email, name: sam.name },
      people: [sam, maya, { name: 'iPhone', email: null }],
      line: 'Hello Maya.',
    },
    unknown: { id: 'never-held==' },
    busyNext: zoom.faults.busyNext,
    expireTokens: zoom.faults.expireTokens,
    close: zoom.close,
  };
});

describe('Zoom', () => {
  let twin: ZoomTwin | undefined;
  afterEach(() => twin?.close());
  const ready = async (scopes?: readonly string[]) => {
    const opened = await open(scopes);
    twin = opened.zoom;
    await held(opened.zoom);
    return opened;
  };
  const ref = { id: meeting.uuid, hostEmail: sam.email };

  test('knows the host by its id where the news named nobody', async () => {
    const { of } = await ready();
    expect(await of().meeting({ id: meeting.uuid })).toMatchObject({ value: { host: sam } });
  });

  test('tells the voices apart by the names of their files', async () => {
    const { of } = await ready();
    const found = await of().meeting(ref);
    expect(found.ok && found.value.tracks.map(({ speaker, offsetMs, contentType }) => ({ speaker, offsetMs, contentType }))).toEqual([
      { speaker: 'Sam Okafor', offsetMs: 0, contentType: 'audio/mp4' },
      { speaker: 'Maya Lindqvist', offsetMs: 0, contentType: 'audio/mp4' },
    ]);
    const [track] = found.ok ? found.value.tracks : [];
    const opened = track && (await of().open(track));
    expect(opened?.ok && new Uint8Array(await new Response(opened.value.body).arrayBuffer())).toEqual(new Uint8Array([1, 2]));
  });

  test('says which scope is missing, and that an account is another’s', async () => {
    const { of } = await ready(['user:read']);
    expect(await of().meeting(ref)).toMatchObject({ fault: { kind: 'expired', said: expect.stringContaining('scope') } });
    expect(await of(app.clientSecret, 'another-account').owns()).toMatchObject({ fault: { kind: 'expired' } });
  });

  test('follows redirects within Zoom only, and not for ever', async () => {
    const { zoom, of } = await ready();
    const found = await of().meeting(ref);
    const file = found.ok ? found.value.transcript : null;
    if (!file) throw new Error('the meeting has no transcript');
    for (const to of ['https://evil.example/x', 'http://ssrweb.zoom.us/x', 'https://169.254.169.254/x', 'https://zoom.us@evil.example/x']) {
      zoom.faults.redirectNext(to);
      expect(await of().open(file)).toMatchObject({ fault: { kind: 'refused', said: expect.stringContaining('not Zoom’s') } });
    }
    for (let hop = 0; hop < 4; hop++) zoom.faults.redirectNext(file.url);
    expect(await of().open(file)).toMatchObject({ fault: { kind: 'refused', said: expect.stringContaining('too often') } });
    expect(await of().open(file)).toMatchObject({ ok: true });
  });

  test('does not ask at an address that Zoom’s own answer names elsewhere', async () => {
    const { zoom, of } = await ready();
    zoom.faults.addressNext('https://zoom.us.evil.example/rec/webhook_download/x');
    const found = await of().meeting(ref);
    expect(found.ok && found.value.audio && (await of().open(found.value.audio))).toMatchObject({ fault: { kind: 'refused' } });
  });

  test('a file that breaks off may come another time, and one that was thrown away does not', async () => {
    const { zoom, of } = await ready();
    const found = await of().meeting(ref);
    const file = found.ok ? found.value.audio : null;
    if (!file) throw new Error('the meeting has no recording');
    zoom.faults.resetNext();
    expect(await of().open(file)).toMatchObject({ fault: { kind: 'broken' } });
    zoom.discard(meeting.uuid);
    expect(await of().open(file)).toMatchObject({ fault: { kind: 'gone' } });
    expect(await of().meeting(ref)).toMatchObject({ fault: { kind: 'gone' } });
  });
});
