import type { Checklist, PastCard } from '@ros/contracts';
import { expect, test, vi } from 'vitest';
import { callId, fakeService, guidance, live, no, ok, openRecord } from '../fake-service.ts';
import { makeApi } from '../hooks/api.ts';
import { Accordion, Button, Checkbox, Dropdown, Text, Tile, Toggle } from '../host.ts';
import { Live } from './Live.tsx';

const livePath = `/v1/calls/${callId}/live`;
const feedbackPath = `/v1/calls/${callId}/feedback`;
const card = { ...guidance, ask: 'What would it have to cost?' };

async function open(view: Parameters<typeof live>[0] = { card }, more: Record<string, unknown> = {}) {
  const service = fakeService({ [livePath]: ok(live(view)), [feedbackPath]: ok({}), ...more });
  const page = openRecord('crm.record.sidebar');
  page.render(<Live world={service.world} api={makeApi('https://api.test', service.world)} callId={callId} onEnded={() => {}} />);
  const all = () => page.getRootNode().toString();
  const says = (text: string) => page.waitFor(() => expect(all()).toContain(text));
  const saysNot = (text: string) => vi.waitFor(() => expect(all()).not.toContain(text));
  const press = (text: string) => page.find(Button, (node) => node.text === text).trigger('onClick');
  const choose = (text: string) => page.find(Dropdown.ButtonItem, (node) => node.text === text).trigger('onClick');
  const told = () => asked().map(({ body }) => body?.action ?? body?.quiet ?? [body?.id, body?.done]);
  const asked = () => service.asked.filter(({ method }) => method === 'POST');
  await says('Live ·');
  await vi.waitFor(() => expect(service.waits()).not.toEqual([]));
  return { ...service, page, says, saysNot, press, choose, told };
}

test('what is rarely pressed is behind one menu, and what has to be said can only be kept', async () => {
  const { page } = await open();
  const words = () => page.findAll(Dropdown.ButtonItem).map(({ text }) => text);
  expect(words()).toEqual(['Pin', 'Less of this', 'Never in this call', 'Never in my calls']);
  expect(page.findByTestId(Text, 'then-ask').text).toBe('Then ask: What would it have to cost?');
  const must = await open({ card: { ...card, kind: 'compliance' } });
  expect(must.page.findAll(Dropdown.ButtonItem).map(({ text }) => text)).toEqual(['Pin']);
});

test.each([
  ['Less of this', 'less', 'Less of this on this call.'],
  ['Never in this call', 'muted', 'Not again in this call.'],
  ['Never in my calls', 'never', 'Not again in any of your calls.'],
])('“%s” puts it away, says what it means, and can be undone for eight seconds', async (item, action, words) => {
  const { page, says, saysNot, press, choose, told, later, waits } = await open();
  choose(item);
  await says(words);
  expect(page.maybeFind(Tile)).toBeNull();
  expect(waits()).toEqual([800, 8_000]);
  press('Undo');
  await says('Ask what they compare it with.');
  await vi.waitFor(() => expect(told()).toEqual([action, 'undone']));
  await saysNot(words);
  choose(item);
  await says(words);
  later();
  await vi.waitFor(() => expect(waits().length).toBeGreaterThan(1));
  while (waits()[0] !== undefined && page.maybeFind(Button, (node) => node.text === 'Undo')) later();
  await saysNot(words);
});

test('an undo waits for what it undoes', async () => {
  let answer: (response: Response) => void = () => {};
  const slow = () => new Promise<Response>((done) => (answer = done));
  const { press, told, replies } = await open({ card }, { [feedbackPath]: slow });
  press('Dismiss');
  press('Undo');
  await vi.waitFor(() => expect(told()).toEqual(['dismissed']));
  replies[feedbackPath] = ok({});
  answer(new Response(JSON.stringify(ok({}))));
  await vi.waitFor(() => expect(told()).toEqual(['dismissed', 'undone']));
});

test('a pinned card says so at once, and stays in sight when a newer one takes its place', async () => {
  const { says, saysNot, choose, press, told, replies, later } = await open();
  choose('Pin');
  await says('Pinned');
  await vi.waitFor(() => expect(told()).toEqual(['pinned']));
  const newer = { ...card, id: 'g2', say: 'Offer the pilot.' };
  const past: PastCard[] = [{ card: { ...card, pinned: true }, state: 'pinned', atMs: 30_000 }];
  replies[livePath] = ok(live({ seq: 8, card: newer, past }));
  later();
  await says('Offer the pilot.');
  await says('Pinned · Price objection');
  press('Unpin');
  await saysNot('Pinned · Price objection');
  await vi.waitFor(() => expect(told()).toEqual(['pinned', 'unpinned']));
});

test('who asks why keeps the card a while longer', async () => {
  const { press, told, says } = await open({ card: { ...card, times: 2 } });
  press('Why?');
  await says('because of the words above. It came up 2 times.');
  press('Hide why');
  await vi.waitFor(() => expect(told()).toEqual(['why']));
});

test('what was shown before is folded, each with its time and what became of it', async () => {
  const past: PastCard[] = [
    { card: { ...card, id: 'b' }, state: 'collapsed', atMs: 41_000 },
    { card: { ...card, id: 'c', headline: 'Zendara' }, state: 'used', atMs: 12_000 },
  ];
  const { page } = await open({ past });
  const folded = page.find(Accordion, ({ props }) => props.title === 'Earlier in this call (2)');
  expect(folded.findAll(Text).map(({ text }) => text)).toEqual(['0:41 Price objection: passed by', '0:12 Zendara: used']);
});

const said = { quote: 'who else decides', role: 'rep', startMs: 61_000 } as const;
const checklist: Checklist = {
  points: [
    { id: 'people', name: 'Who else decides', stage: 'Discovery', done: true, evid: said },
    { id: 'pain', name: 'What it costs them', stage: 'Discovery', done: false },
  ],
  fills: [{ id: 'budget', name: 'Budget', field: 'money', value: '40000 USD', evid: { ...said, role: 'customer', startMs: 192_000 } }],
};

test('the checklist says what ticked a point; a hand ticks at once, and a refusal opens it again', async () => {
  const { page, told, says, saysNot } = await open({ checklist }, { [`/v1/calls/${callId}/step`]: ok({}) });
  expect(page.find(Accordion).props.title).toBe('Checklist: 1 of 2');
  await says('“who else decides” You, 1:01');
  await says('Budget: 40,000 USD – heard 3:12');
  page.find(Checkbox, ({ props }) => props.name === 'pain').trigger('onChange', true as never);
  await says('Ticked by you');
  await vi.waitFor(() => expect(told()).toEqual([['pain', true]]));
  const refused = await open({ checklist }, { [`/v1/calls/${callId}/step`]: no('no-permission') });
  refused.page.find(Checkbox, ({ props }) => props.name === 'pain').trigger('onChange', true as never);
  await refused.saysNot('Ticked by you');
  await saysNot('Nothing here.');
});

test('quiet is one switch, and says what still comes', async () => {
  const { page, says, saysNot, told, replies } = await open({ quiet: 'off' }, { [`/v1/calls/${callId}/quiet`]: ok({ quiet: 'critical' }) });
  await saysNot('Quiet: ');
  replies[livePath] = ok(live({ seq: 9, quiet: 'critical' }));
  page.find(Toggle).trigger('onChange', true as never);
  await says('Quiet: only what has to be said still comes.');
  await vi.waitFor(() => expect(told()).toEqual(['critical']));
  replies[livePath] = ok(live({ seq: 10, quiet: 'off' }));
  page.find(Toggle).trigger('onChange', false as never);
  await saysNot('Quiet: ');
  await vi.waitFor(() => expect(told()).toEqual(['critical', 'off']));
});

test('the next look says once how long ago the card was painted', async () => {
  const { asked, later, waits } = await open();
  const looks = () => asked.filter(({ method }) => method === 'GET').map(({ path }) => path.split('?')[1]);
  later();
  await vi.waitFor(() => expect([looks().length, waits().length]).toEqual([2, 1]));
  later();
  await vi.waitFor(() => expect(looks()).toEqual(['since=0', 'since=4&painted=g1&paintedAgoMs=800', 'since=4']));
});

test('a look that was lost says it again', async () => {
  const { asked, later, replies, waits } = await open();
  const looks = () => asked.filter(({ method }) => method === 'GET').map(({ path }) => path.split('&')[1]);
  replies[livePath] = () => Promise.reject(new Error('cut off'));
  later();
  await vi.waitFor(() => expect(waits()).toEqual([2_000]));
  replies[livePath] = ok(live({ card }));
  later();
  await vi.waitFor(() => expect(looks()).toEqual([undefined, 'painted=g1', 'painted=g1']));
});
