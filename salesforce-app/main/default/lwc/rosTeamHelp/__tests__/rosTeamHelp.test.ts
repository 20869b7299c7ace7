import call from '@salesforce/apex/RosEdge.call';
import RosTeamHelp from 'c/rosTeamHelp';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const open = async () => {
  const element = show('c-ros-team-help', RosTeamHelp);
  await settle();
  return element;
};
const type = async (element: HTMLElement, value: string) => {
  find(element, 'lightning-textarea').dispatchEvent(new CustomEvent('change', { detail: { value } }));
  find(element, '.send').click();
  await settle();
};

describe('c-ros-team-help', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('a team a line switches it on, and none switches it off', async () => {
    apex.mockImplementation(async ({ body }) => yes(body ? JSON.parse(body) : { isOn: false, teams: [] }));
    const element = await open();
    await expect(element).toBeAccessible();
    await type(element, 'North: Jordan <jordan@ours.example> > sam@ours.example');
    const teams = [{ name: 'North', leads: [{ rep: 'jordan@ours.example', name: 'Jordan' }], reps: ['sam@ours.example'] }];
    expect(JSON.parse(apex.mock.calls[1][0].body)).toEqual({ requestId: expect.any(String), isOn: true, teams });
    expect(text(element)).toContain('Saved.');
    await type(element, '');
    expect(JSON.parse(apex.mock.calls[2][0].body)).toMatchObject({ isOn: false, teams: [] });
  });

  test('a line that is no team is said, and nothing is sent', async () => {
    apex.mockResolvedValue(yes({ isOn: false, teams: [] }));
    const element = await open();
    await type(element, 'North');
    expect(text(element)).toContain('“North” is no team.');
    expect(apex).toHaveBeenCalledTimes(1);
  });

  test('what could not be saved stays to be sent again', async () => {
    apex.mockImplementation(async ({ verb }) => (verb === 'GET' ? yes({ isOn: false, teams: [] }) : no('trouble')));
    const element = await open();
    await type(element, 'North: a@b > c@d');
    find(element, 'c-ros-error-panel').dispatchEvent(new CustomEvent('retry'));
    await settle();
    expect(find(element, 'lightning-textarea').value).toBe('North: a@b > c@d');
  });
});
