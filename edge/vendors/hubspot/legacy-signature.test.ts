import { expect, test } from 'vitest';
import { verifyLegacyHubspot } from './legacy-signature.ts';

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const url = 'https://www.example.com/webhook_uri';

/** HubSpot's published examples. */
const published = [
  {
    version: 'v1' as const,
    secret,
    method: 'POST',
    url,
    rawBody:
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
    signature: '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
  },
  {
    version: 'v2' as const,
    secret,
    method: 'GET',
    url,
    rawBody: '',
    signature: 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e',
  },
  {
    version: 'v2' as const,
    secret,
    method: 'POST',
    url,
    rawBody: '{"example_field":"example_value"}',
    signature: '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900',
  },
];

test('accepts the published vectors', async () => {
  for (const request of published) expect(await verifyLegacyHubspot(request)).toBe(true);
});

test('refuses another body, another secret and what is malformed', async () => {
  for (const request of published) {
    for (const change of [
      { rawBody: `${request.rawBody} ` },
      { secret: 'other' },
      { secret: '' },
      { signature: null },
      { signature: request.signature.slice(2) },
      { signature: 'zz'.repeat(32) },
    ]) {
      expect(await verifyLegacyHubspot({ ...request, ...change })).toBe(false);
    }
  }
});

test('refuses a v2 signature for another method or address', async () => {
  const [, get] = published;
  for (const change of [{ method: 'POST' }, { url: `${url}/` }, { version: 'v1' as const }])
    expect(await verifyLegacyHubspot({ ...get!, ...change })).toBe(false);
});
