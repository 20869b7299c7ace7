import { expect, test } from 'vitest';
import { twinAddresses } from './twin-addresses.ts';

const at = {
  hubspot: 'http://127.0.0.1:1',
  salesforce: 'http://127.0.0.1:2',
  deepgram: 'http://127.0.0.1:3',
  twilio: 'http://127.0.0.1:4',
  zoom: 'http://127.0.0.1:5',
  graph: 'http://127.0.0.1:6',
};

test('without keys every vendor is its twin', () => {
  expect(twinAddresses({}, at)).toEqual({
    HUBSPOT_API: at.hubspot,
    HUBSPOT_AUTHORIZE: `${at.hubspot}/oauth/authorize`,
    SALESFORCE_LOGIN: at.salesforce,
    DEEPGRAM_API: at.deepgram,
    TWILIO_API: at.twilio,
    ZOOM_API: at.zoom,
    ZOOM_LOGIN: at.zoom,
    ZOOM_FILES: at.zoom,
    ZOOM_RTMS: at.zoom,
    GRAPH_API: at.graph,
    GRAPH_LOGIN: at.graph,
  });
});

test.each([
  ['HUBSPOT_CLIENT_ID', ['HUBSPOT_API', 'HUBSPOT_AUTHORIZE']],
  ['SALESFORCE_CONSUMER_KEY', ['SALESFORCE_LOGIN']],
  ['DEEPGRAM_API_KEY', ['DEEPGRAM_API']],
])('%s alone makes that vendor the real one', (key, real) => {
  const changed = Object.keys(twinAddresses({}, at)).filter((name) => !(name in twinAddresses({ [key]: 'a real key' }, at)));
  expect(changed).toEqual(real);
});
