import RosTalkStrip from 'c/rosTalkStrip';
import { conversation } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

describe('c-ros-talk-strip', () => {
  afterEach(clear);
  const open = async () => {
    const element = show('c-ros-talk-strip', RosTalkStrip, {
      strip: conversation.strip,
      durationMs: 84_000,
      insight: conversation.insight,
    });
    await settle();
    return element;
  };

  test('draws who spoke when', async () => {
    const element = await open();
    const parts = [...element.shadowRoot.querySelectorAll('rect')].map((part) => [
      part.getAttribute('class'),
      Math.round(Number(part.getAttribute('x'))),
    ]);
    expect(parts).toEqual([
      ['rep', 0],
      ['customer', 77],
    ]);
    await expect(element).toBeAccessible();
  });

  test('opens the words of a moment, and closes them again', async () => {
    const element = await open();
    find(element, '.moment').click();
    await settle();
    expect(find(element, 'c-ros-quote').evidence.startMs).toBe(41_000);
    expect(find(element, '.moment').getAttribute('aria-pressed')).toBe('true');
    find(element, '.moment').click();
    await settle();
    expect(find(element, 'c-ros-quote')).toBeNull();
  });
});
