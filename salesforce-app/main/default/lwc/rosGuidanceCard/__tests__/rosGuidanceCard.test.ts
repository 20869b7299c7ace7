import RosGuidanceCard from 'c/rosGuidanceCard';
import { card } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

const open = (more: object = {}) => {
  const element = show('c-ros-guidance-card', RosGuidanceCard, { card: { ...card, ...more } });
  const told: unknown[] = [];
  element.addEventListener('touch', ({ detail }: CustomEvent) => told.push(detail.action));
  const key = (name: string, on = '.card') => find(element, on).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
  const items = () => [...element.shadowRoot.querySelectorAll('lightning-menu-item')].map(({ value }) => value);
  return { element, told, key, items };
};

describe('c-ros-guidance-card', () => {
  afterEach(clear);

  test('one menu holds what is rarely pressed; what has to be said can only be kept', () => {
    expect(open().items()).toEqual(['pin', 'less', 'muted', 'never']);
    expect(open({ kind: 'compliance' }).items()).toEqual(['pin']);
  });

  test('each key and choice is told, a pinned card is let go, and the menu keeps its own keys', async () => {
    const { element, told, key } = open({ pinned: true, ask: 'What would it cost?', times: 2 });
    for (const name of ['Enter', 'Escape', 's', 'P', '?', '?', 'x']) key(name);
    key('Escape', '.more');
    key('Enter', '.used');
    find(element, '.more').dispatchEvent(new CustomEvent('select', { detail: { value: 'pin' } }));
    find(element, '.dismiss').click();
    await settle();
    expect(told).toEqual(['used', 'dismissed', 'snoozed', 'unpinned', 'why', 'unpinned', 'dismissed']);
    expect(find(element, '.ask')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  test('another card begins unexplained', async () => {
    const { element } = open({ why: { ...card.why, quote: '' } });
    find(element, '.why').click();
    await settle();
    expect(find(element, '.detail').textContent).toContain('c.ROS_By_Rule');
    element.card = { ...card, id: 'card-2' };
    await settle();
    expect(find(element, '.detail')).toBeNull();
  });
});
