import call from '@salesforce/apex/RosEdge.call';
import RosEmailEditor from 'c/rosEmailEditor';
import { mail, no, yes } from '../../../../../test/samples';
import { clear, find, settle, show } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('lightning/modal', () => jest.requireActual('../../../../../test/modal'), { virtual: true });
const apex = call as unknown as jest.Mock;

describe('c-ros-email-editor', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });
  const open = async () => {
    const element = show('c-ros-email-editor', RosEmailEditor, { change: mail });
    const closed = jest.fn();
    element.addEventListener('closed', (event: CustomEvent) => closed(event.detail));
    await settle();
    return { element, closed };
  };

  test('approves the bytes on screen', async () => {
    const { element, closed } = await open();
    find(element, '.body').dispatchEvent(new CustomEvent('change', { detail: { value: 'Hi Maya, edited' } }));
    const approved = { ...mail, state: 'approved' };
    apex.mockResolvedValueOnce(yes(approved));
    find(element, '.approve').click();
    await settle();
    expect(JSON.parse(apex.mock.calls[0][0].body)).toEqual({
      requestId: expect.any(String),
      version: 1,
      email: { subject: 'As promised', body: 'Hi Maya, edited' },
    });
    expect(closed).toHaveBeenCalledWith(approved);
    await expect(element).toBeAccessible();
  });

  test('stays open with what was typed when it is refused', async () => {
    const { element, closed } = await open();
    find(element, '.subject').dispatchEvent(new CustomEvent('change', { detail: { value: 'Mine' } }));
    apex.mockResolvedValueOnce(no('trouble'));
    find(element, '.approve').click();
    await settle();
    expect(closed).not.toHaveBeenCalled();
    expect(find(element, '.subject').value).toBe('Mine');
    expect(find(element, 'c-ros-error-panel').code).toBe('trouble');
  });

  test('closes with nothing on cancel', async () => {
    const { element, closed } = await open();
    find(element, '.cancel').click();
    expect(closed).toHaveBeenCalledTimes(1);
    expect(apex).not.toHaveBeenCalled();
  });
});
