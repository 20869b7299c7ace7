import { expect, test } from 'vitest';
import { callId, fakeService, no, ok, openRecord } from '../fake-service.ts';
import { makeApi } from '../hooks/api.ts';
import { Link, LoadingButton } from '../host.ts';
import { OpenWindow } from './OpenWindow.tsx';

const path = `/v1/calls/${callId}/window`;
const view = { url: `https://api.test/window/${callId}#ticket`, expiresAt: '2026-11-22T10:00:00Z' };

function open(reply: unknown) {
  const service = fakeService({ [path]: reply });
  const page = openRecord('crm.record.sidebar');
  page.render(<OpenWindow api={makeApi('https://api.test', service.world)} callId={callId} />);
  const says = (text: string) => page.waitFor(() => expect(page.getRootNode().toString()).toContain(text));
  return { ...service, page, says };
}

test('a press gives the link, which opens once beside the record; then it can be asked for again', async () => {
  const { page, says, asked } = open(ok(view));
  page.find(LoadingButton).trigger('onClick');
  await says('Go to the live window');
  expect(asked).toEqual([{ method: 'POST', path, body: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } }]);
  expect(page.find(Link).props.href).toEqual({ url: view.url, external: true });
  page.find(Link).trigger('onClick');
  await says('Open live window');
});

test('says why it does not open', async () => {
  const { page, says } = open(no('stale', 'This call is over.'));
  page.find(LoadingButton).trigger('onClick');
  await says('This call is over.');
});
