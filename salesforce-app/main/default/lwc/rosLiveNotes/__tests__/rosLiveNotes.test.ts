import RosLiveNotes from 'c/rosLiveNotes';
import { card } from '../../../../../test/samples';
import { clear, find, show } from '../../../../../test/stage';

const evid = { quote: 'who else decides', role: 'rep', startMs: 61_000 };
const checklist = {
  points: [
    { id: 'people', name: 'Who else decides', stage: 'Discovery', done: true, evid },
    { id: 'pain', name: 'What it costs them', stage: 'Discovery', done: true, byHand: true },
    { id: 'when', name: 'By when', stage: 'Discovery', done: false },
  ],
  fills: [{ id: 'budget', name: 'Budget', field: 'money', value: '40000 USD', evid }],
};
const past = [
  { card, state: 'pinned', atMs: 41_000 },
  { card: { ...card, id: 'card-2' }, state: 'used', atMs: 12_000 },
];

describe('c-ros-live-notes', () => {
  afterEach(clear);

  test('shows pinned cards and fields at once, and the checklist and the history folded', async () => {
    const element = show('c-ros-live-notes', RosLiveNotes, { past, checklist, quiet: 'full' });
    expect(find(element, '.pinned p').textContent).toBe(card.say);
    expect(find(element, '.fill').textContent).toBe('c.ROS_Fill_Line');
    expect(find(element, '.points').open).toBe(false);
    const points = [...element.shadowRoot.querySelectorAll('.points li')];
    expect(points.map((point) => point.querySelector('.ticked')?.textContent)).toEqual([
      'c.ROS_Ticked_By',
      'c.ROS_Ticked_By_You',
      undefined,
    ]);
    expect(element.shadowRoot.querySelectorAll('.past li')).toHaveLength(1);
    expect(find(element, '.quiet-line').textContent).toBe('c.ROS_Quiet_Full');
    await expect(element).toBeAccessible();
  });

  test('before anything happened there is only the switch', async () => {
    const element = show('c-ros-live-notes', RosLiveNotes, {});
    expect(element.shadowRoot.querySelectorAll('p, details')).toHaveLength(0);
    expect(find(element, '.quiet').checked).toBe(false);
    await expect(element).toBeAccessible();
  });
});
