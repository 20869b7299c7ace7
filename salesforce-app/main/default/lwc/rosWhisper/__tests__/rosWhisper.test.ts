import call from '@salesforce/apex/RosEdge.call';
import RosWhisper from 'c/rosWhisper';
import { yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });

const help = {
  watchedBy: [{ name: 'Jordan Blake', sees: 'cards' }],
  whisper: { id: 'whisper-1', from: 'Jordan Blake', text: 'Ask who signs.', atMs: 60_000 },
};
const open = async (said: object) => {
  const element = show('c-ros-whisper', RosWhisper, { callId: 'call-1', help: said });
  await settle();
  return element;
};

describe('c-ros-whisper', () => {
  afterEach(() => {
    clear();
    jest.clearAllMocks();
  });

  test('shows a line once, and who looks by name', async () => {
    (call as unknown as jest.Mock).mockResolvedValue(yes({ action: 'dismissed' }));
    const element = await open(help);
    expect(text(element)).toContain('Ask who signs.');
    expect(text(element)).toContain('Your team lead Jordan Blake can see this call’s cards.');
    await expect(element).toBeAccessible();
    find(element, '.read').click();
    await settle();
    expect(find(element, '.whisper')).toBeNull();
    expect(call).toHaveBeenCalledWith({
      verb: 'POST',
      path: '/v1/calls/call-1/feedback',
      body: expect.stringContaining('"cardId":"whisper-1","action":"dismissed"'),
    });
  });

  test('says nothing while nobody helps', async () => {
    const element = await open({ watchedBy: [], whisper: null });
    expect([find(element, '.whisper'), find(element, '.watcher')]).toEqual([null, null]);
  });
});
