import RosErrorPanel from 'c/rosErrorPanel';
import { clear, find, settle, show, text } from '../../../../../test/stage';

describe('c-ros-error-panel', () => {
  afterEach(clear);

  test.each([
    ['not-connected', false],
    ['no-permission', false],
    ['plan-limit', false],
    ['stale', true],
    ['trouble', true],
    ['bad-request', false],
    ['not-found', false],
  ])('%s says what happened and what to do; can be tried again: %s', async (code, again) => {
    const element = show('c-ros-error-panel', RosErrorPanel, { code, what: 'What happened.', todo: 'What to do.' });
    await settle();
    expect(text(element)).toContain('What happened.');
    expect(text(element)).toContain('What to do.');
    expect(find(element, '.retry') !== null).toBe(again);
    await expect(element).toBeAccessible();
  });

  test('fires retry', async () => {
    const element = show('c-ros-error-panel', RosErrorPanel, { code: 'trouble' });
    const retry = jest.fn();
    element.addEventListener('retry', retry);
    await settle();
    find(element, '.retry').click();
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
