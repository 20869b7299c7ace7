import call from '@salesforce/apex/RosEdge.call';
import RosOwnership from 'c/rosOwnership';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const bodyOf = (at = 0) => JSON.parse(apex.mock.calls[at][0].body);
const open = async (props = {}) => {
  const element = show('c-ros-ownership', RosOwnership, { callId: 'call-1', ...props });
  await settle();
  return element;
};

describe('c-ros-ownership', () => {
  afterEach(() => {
    clear();
    apex.mockReset();
  });

  test('one press makes a call its rep’s alone, another one shares it again', async () => {
    apex.mockResolvedValue(yes({ callId: 'call-1', isPrivate: true }));
    const element = await open();
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    await expect(element).toBeAccessible();
    find(element, '.private').click();
    await settle();
    expect(apex.mock.calls[0][0].path).toBe('/v1/calls/call-1/private');
    expect(bodyOf()).toEqual({ requestId: expect.any(String), isPrivate: true });
    expect(changed).toHaveBeenCalledTimes(1);
    element.isPrivate = true;
    await settle();
    expect(find(element, '.private').label).toBe('c.ROS_Own_Share');
    find(element, '.private').click();
    await settle();
    expect(bodyOf(1).isPrivate).toBe(false);
  });

  test('a destruction says what goes, takes one more press, and tells what still stands', async () => {
    apex.mockResolvedValue(yes({ callId: 'call-1', standing: [] }));
    const element = await open();
    const destroyed = jest.fn();
    element.addEventListener('destroyed', (event: CustomEvent) => destroyed(event.detail));
    find(element, '.destroy').click();
    await settle();
    expect(text(element)).toContain('ROS_Destroy_Line');
    expect(apex).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
    find(element, '.no').click();
    await settle();
    find(element, '.destroy').click();
    await settle();
    find(element, '.yes').click();
    await settle();
    expect(apex.mock.calls.map(([request]) => request.path)).toEqual(['/v1/calls/call-1/destroy']);
    expect(destroyed).toHaveBeenCalledWith({ callId: 'call-1', standing: [] });
  });

  test.each(['no-permission', 'trouble'])('says why it was not done: %s', async (code) => {
    apex.mockResolvedValue(no(code));
    const element = await open();
    find(element, '.private').click();
    await settle();
    expect(find(element, 'c-ros-error-panel').code).toBe(code);
  });

  test('a press whose answer was lost is repeated under its own id', async () => {
    apex.mockRejectedValue(new Error('cut off'));
    const element = await open();
    for (let press = 0; press < 2; press += 1) {
      find(element, '.private').click();
      await settle();
    }
    expect(bodyOf(0).requestId).toBe(bodyOf(1).requestId);
  });
});
