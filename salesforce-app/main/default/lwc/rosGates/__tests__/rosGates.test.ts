import RosGates from 'c/rosGates';
import { clear, find, show } from '../../../../../test/stage';

const gates = {
  stage: 'Qualification',
  gates: [
    { id: 'identifyPain', name: 'A problem worth solving', state: 'newly-met', quote: 'it takes us hours', role: 'customer', atMs: 61_000 },
    { id: 'champion', name: 'Somebody who wants it', state: 'open', ask: 'Who else wants this to happen, and why?' },
  ],
  risks: [{ code: 'overdue', text: 'The close date passed 5 days ago', severity: 'medium', confidence: 0.98, isNew: false }],
  next: { gateId: 'champion', line: 'Not asked yet: who else wants this to happen?', ask: 'Who else wants this to happen, and why?' },
};

describe('c-ros-gates', () => {
  afterEach(clear);

  test('offers what was not asked yet while no card is shown, and keeps the rest folded', async () => {
    const element = show('c-ros-gates', RosGates, { gates, isCardShown: false });
    expect(find(element, '.next').textContent).toBe('Not asked yet: who else wants this to happen?');
    expect(find(element, 'details').open).toBe(false);
    const details = [...element.shadowRoot.querySelectorAll('li')].map((line) => line.querySelector('.detail')?.textContent);
    expect(details).toEqual(['c.ROS_Gate_Quote', 'Who else wants this to happen, and why?', undefined]);
    await expect(element).toBeAccessible();
  });

  test('says nothing beside a card, and nothing at all before anything is known', () => {
    expect(show('c-ros-gates', RosGates, { gates, isCardShown: true }).shadowRoot.querySelector('.next')).toBeNull();
    expect(show('c-ros-gates', RosGates, {}).shadowRoot.querySelectorAll('p, details')).toHaveLength(0);
  });
});
