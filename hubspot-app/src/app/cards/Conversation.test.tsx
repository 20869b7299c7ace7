import { expect, test, vi } from 'vitest';
import { Conversation } from './Conversation.tsx';
import { change, conversation, conversationPath, email, evidence, fakeService, no, ok, openRecord, stage, task } from './fake-service.ts';
import { Button, EmptyState, ErrorState, Heading, Image, LoadingButton, LoadingSpinner, StatusTag, Text } from './host.ts';

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
  expect(page.findAll(LoadingButton).map(({ text }) => text)).toEqual(['Move to Presentation']);
  expect(page.findAll(Button).map(({ text }) => text)).toEqual(['Not useful', 'Copy the email']);
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
