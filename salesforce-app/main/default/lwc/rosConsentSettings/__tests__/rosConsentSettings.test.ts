import call from '@salesforce/apex/RosEdge.call';
import RosConsentSettings from 'c/rosConsentSettings';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const bodyOf = (at = 0) => JSON.parse(apex.mock.calls[at][0].body);
const consent = { office: null, offices: [{ userId: '7', place: 'DE' }], atLeast: null };
const open = async () => {
  const element = show('c-ros-consent-settings', RosConsentSettings);
  await settle();
  return element;
};

describe('c-ros-consent-settings', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('where reps sit and how strict at least are two choices with defaults', async () => {
    apex.mockImplementation(async ({ body }) => yes(body ? JSON.parse(body) : consent));
    const element = await open();
    expect([find(element, '.office').value, find(element, '.strict').value]).toEqual(['none', 'none']);
    expect(find(element, '.office').options).toContainEqual({ label: 'US: New York', value: 'US-NY' });
    await expect(element).toBeAccessible();
    find(element, '.office').dispatchEvent(new CustomEvent('change', { detail: { value: 'US-NY' } }));
    find(element, '.strict').dispatchEvent(new CustomEvent('change', { detail: { value: 'all-told' } }));
    find(element, '.send').click();
    await settle();
    expect(apex.mock.calls[1][0]).toMatchObject({ verb: 'PUT', path: '/v1/settings/consent' });
    expect(bodyOf(1)).toEqual({ requestId: expect.any(String), office: 'US-NY', offices: consent.offices, atLeast: 'all-told' });
    expect(text(element)).toContain('ROS_Saved');
  });

  test('says why it cannot be shown', async () => {
    apex.mockResolvedValue(no('no-permission'));
    const element = await open();
    expect(find(element, 'c-ros-error-panel').code).toBe('no-permission');
    await expect(element).toBeAccessible();
  });
});
