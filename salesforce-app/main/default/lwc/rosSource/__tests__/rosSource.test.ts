import call from '@salesforce/apex/RosEdge.call';
import RosSource from 'c/rosSource';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const bodyOf = (at = 0) => JSON.parse(apex.mock.calls[at][0].body);
const zoom = { source: 'zoom', state: 'open', line: 'Connect it, and meetings recorded in Zoom become calls.' };
const open = async (source: Record<string, unknown> = zoom) => {
  const element = show('c-ros-source', RosSource, { source });
  await settle();
  return element;
};

describe('c-ros-source', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('connecting asks one question, and leads to the platform’s page', async () => {
    apex.mockResolvedValue(yes({ url: 'https://ros.example/oauth/zoom/start?ticket=t', expiresAt: '2026-11-21T10:00:00Z' }));
    const element = await open();
    await expect(element).toBeAccessible();
    find(element, '.connect').click();
    await settle();
    await expect(element).toBeAccessible();
    find(element, '.yes').click();
    await settle();
    expect(apex.mock.calls[0][0]).toMatchObject({ verb: 'POST', path: '/v1/connection/zoom' });
    expect(bodyOf()).toEqual({ requestId: expect.any(String), recordingIsConsent: true });
    expect(find(element, 'a').href).toBe('https://ros.example/oauth/zoom/start?ticket=t');
    await expect(element).toBeAccessible();
  });

  test('disconnecting is one press', async () => {
    apex.mockResolvedValue(yes({ state: 'disconnected' }));
    const element = await open({ ...zoom, source: 'teams', state: 'connected' });
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    find(element, '.end').click();
    await settle();
    expect(apex.mock.calls[0][0]).toEqual({ verb: 'DELETE', path: '/v1/connection/graph', body: null });
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['telephone', 'connected'],
    ['browser', 'ready'],
    ['teams', 'lacks'],
  ])('%s that is %s has nothing to press', async (source, state) => {
    const element = await open({ source, state, line: 'A sentence.' });
    expect(find(element, 'lightning-button')).toBeNull();
    expect(text(element)).toContain('A sentence.');
    await expect(element).toBeAccessible();
  });

  test('says why it could not be connected', async () => {
    apex.mockResolvedValue(no('no-permission'));
    const element = await open();
    find(element, '.connect').click();
    await settle();
    find(element, '.no').click();
    await settle();
    expect(find(element, 'c-ros-error-panel').code).toBe('no-permission');
  });
});
