import call from '@salesforce/apex/RosEdge.call';
import RosPeople from 'c/rosPeople';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;

const people = [
  { key: 'user/72', name: 'Ana Brandt' },
  { key: 'contact/9002', name: 'Dana Roe' },
  { key: 'contact/9001', name: 'Maya Lindqvist' },
];
const hop = { tier: 'strong', trust: null, freshness: 'active', chips: ['6–20 contacts', 'both ways'], isWeakest: false };
const path = {
  rank: 1,
  tier: 'warm',
  score: 0.4,
  introducer: 'Dana Roe',
  teammate: 'Ana Brandt',
  target: 'Maya Lindqvist',
  hops: [
    { ...hop, from: 'Ana Brandt', to: 'Dana Roe' },
    { ...hop, from: 'Dana Roe', to: 'Maya Lindqvist', tier: 'warm', freshness: 'cooling', isWeakest: true },
  ],
  people,
  next: 'ask',
  why: 'Ask Ana Brandt: every link is warm.',
};
const paths = (shown: unknown[]) => ({
  asOf: '2026-11-20T15:00:00Z',
  verdict: shown.length > 0 ? 'warm' : 'none',
  message: shown.length > 0 ? 'Dana Roe can introduce you to Maya Lindqvist' : 'No verified warm path yet',
  paths: shown,
  next: 'ask',
});
const intro = {
  id: '22222222-2222-4222-8222-222222222222',
  version: 1,
  state: 'draft',
  record: { object: 'deal', id: '0065f000000DEALAAA' },
  repName: 'Sam Okafor',
  people,
  connector: 'Ana Brandt',
  target: 'Maya Lindqvist',
  subject: 'Could you introduce me?',
  body: 'Hi Ana',
  cites: [{ text: 'You and Dana Roe have been in touch.', source: 'What was seen.' }],
  trail: [],
  verbs: ['approve', 'withdraw'],
  isReminderDue: false,
  createdAt: '2026-11-20T15:00:00Z',
};

async function open(answer: string, mine: unknown[] = [], more: Record<string, string> = {}) {
  apex.mockImplementation(async ({ path: asked }: { path: string }) => {
    const known = Object.entries(more).find(([end]) => asked.endsWith(end));
    if (known) return known[1];
    return asked.endsWith('/paths') ? answer : yes({ mine, asked: [] });
  });
  const element = show('c-ros-people', RosPeople, { objectApiName: 'Opportunity', recordId: '0065f000000DEALAAA' });
  await settle();
  return element;
}
const posted = () => apex.mock.calls.map(([request]) => request).filter(({ verb }) => verb === 'POST');

describe('c-ros-people', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('draws the way, thick where trust is and coloured by freshness, and says it in words', async () => {
    const element = await open(yes(paths([path])));
    expect(find(element, '.message').textContent).toBe('Dana Roe can introduce you to Maya Lindqvist');
    const way = find(element, 'c-ros-path');
    const lines = [...way.shadowRoot.querySelectorAll('line')].map((line) => [
      line.getAttribute('class'),
      line.getAttribute('stroke-width'),
    ]);
    expect(lines).toEqual([
      ['active', '9'],
      ['cooling', '6'],
    ]);
    expect(find(way, 'svg').getAttribute('aria-label')).toContain('c.ROS_People_Hop');
    expect([...way.shadowRoot.querySelectorAll('.chip')].map((chip) => chip.textContent)).toContain('6–20 contacts');
    await expect(element).toBeAccessible();
  });

  test('one press brings the note; what is approved is what stands there', async () => {
    const asked = yes({ ...intro, state: 'requested', version: 2, verbs: ['withdraw'] });
    const element = await open(yes(paths([path])), [], { '/intros': yes(intro), '/approve': asked });
    // The list of introductions ends in the same word, and is asked for first.
    apex.mockImplementation(async ({ path: to, verb }: { path: string; verb: string }) =>
      to.endsWith('/approve')
        ? asked
        : verb === 'POST'
          ? yes(intro)
          : to.endsWith('/paths')
            ? yes(paths([path]))
            : yes({ mine: [], asked: [] }),
    );
    find(find(element, 'c-ros-path'), '.ask').click();
    await settle();
    expect(JSON.parse(posted()[0].body).people).toEqual(['user/72', 'contact/9002', 'contact/9001']);
    const note = find(element, 'c-ros-intro-note');
    expect(text(note)).toContain('“You and Dana Roe have been in touch.” What was seen.');
    find(note, 'lightning-textarea').dispatchEvent(new CustomEvent('change', { detail: { value: 'Hi Ana, please.' } }));
    find(note, '.approve').click();
    await settle();
    expect(JSON.parse(posted()[1].body)).toMatchObject({ version: 1, subject: 'Could you introduce me?', body: 'Hi Ana, please.' });
    expect(find(note, '.approved')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  test('what was asked for stands below, and its way is not asked again', async () => {
    const waits = { ...intro, state: 'requested', version: 3, verbs: ['remind', 'withdraw'] };
    const element = await open(yes(paths([path])), [waits]);
    expect([...element.shadowRoot.querySelectorAll('.verb')].map((one) => one.dataset.verb)).toEqual(['withdraw']);
    expect(find(find(element, 'c-ros-path'), '.ask')).toBeNull();
    find(element, '.verb').click();
    await settle();
    expect(posted().map(({ path: to, body }) => [to, JSON.parse(body).version])).toEqual([[`/v1/intros/${intro.id}/withdraw`, 3]]);
  });

  test('makes nothing up, and says what would make a way', async () => {
    const element = await open(yes(paths([])));
    expect(find(element, '.none')).not.toBeNull();
    expect(find(element, 'c-ros-path')).toBeNull();
    await expect(element).toBeAccessible();
  });

  test.each(['not-connected', 'no-permission', 'trouble'])('says what to do when it is %s', async (code) => {
    const element = await open(no(code));
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
  });
});
