import { afterEach, beforeEach, expect, test } from 'vitest';
import { startZoom, type ZoomTwin } from '../../../sandbox/zoom/protocol.ts';
import { zoomComing, zoomNameOf } from './coming.ts';

const app = { accountId: 'sandbox-zoom-account', clientId: 'client', clientSecret: 'secret', secretToken: 'token' };
const meeting = {
  uuid: '/u==',
  topic: 'Cobalt Freight',
  host: { name: 'Sam Okafor', email: 'Sam@Brightloop.example' },
  invited: ['sam@brightloop.example', 'Maya@cobaltfreight.example', 'maya@cobaltfreight.example'],
};
const NUMBER = '80000000000';
let zoom: ZoomTwin;
beforeEach(async () => {
  zoom = await startZoom({ port: 0, app });
  await zoom.goLive(meeting, { voices: [] }).catch(() => undefined);
});
afterEach(() => zoom.close());
const ask = (number: string, at = zoom) => zoomComing({ ...app, api: at.origin, login: at.origin, now: Date.now }, number);

test('says who holds a meeting and who was invited, each once', async () => {
  const { topic: title } = meeting;
  const invited = ['sam@brightloop.example', 'maya@cobaltfreight.example'];
  expect(await ask(NUMBER)).toEqual({ ok: true, value: { title, hostEmail: 'sam@brightloop.example', invited } });
});

test('a meeting that is not there is gone, and what is no number is not asked for', async () => {
  expect(await ask('80000000001')).toMatchObject({ ok: false, fault: { kind: 'gone' } });
  expect(await ask('../users/me')).toMatchObject({ ok: false, fault: { kind: 'gone' } });
});

test('knows what a person of the account is called, where the app may ask', async () => {
  const access = { ...app, api: zoom.origin, login: zoom.origin, now: Date.now };
  expect(await zoomNameOf(access, 'sam@brightloop.example')).toBe('');
  const asking = await startZoom({ port: 0, app: { ...app, scopes: ['user:read:user:admin'] } });
  try {
    await asking.goLive(meeting, { voices: [] }).catch(() => undefined);
    const at = { ...access, api: asking.origin, login: asking.origin };
    expect([await zoomNameOf(at, 'sam@brightloop.example'), await zoomNameOf(at, 'nobody@x.example')]).toEqual(['Sam Okafor', '']);
  } finally {
    await asking.close();
  }
});

test('waits as long as Zoom asks, and says so where the app may not ask', async () => {
  zoom.faults.busyNext(3);
  expect(await ask(NUMBER)).toMatchObject({ ok: false, fault: { kind: 'busy', retryAfterMs: 3_000 } });
  const bare = await startZoom({ port: 0, app: { ...app, scopes: ['user:read'] } });
  try {
    expect(await ask(NUMBER, bare)).toMatchObject({ ok: false });
  } finally {
    await bare.close();
  }
});
