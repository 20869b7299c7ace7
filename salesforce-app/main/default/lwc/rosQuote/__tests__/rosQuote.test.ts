import RosQuote from 'c/rosQuote';
import { move } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

describe('c-ros-quote', () => {
  afterEach(clear);

  test('gives the words as they were said', async () => {
    const element = show('c-ros-quote', RosQuote, { evidence: move.evidence[0] });
    await settle();
    expect(find(element, 'blockquote').textContent).toBe('“it is twice what we pay today”');
    await expect(element).toBeAccessible();
  });

  test('shows nothing without proof', async () => {
    const element = show('c-ros-quote', RosQuote);
    await settle();
    expect(find(element, 'figure')).toBeNull();
  });
});
