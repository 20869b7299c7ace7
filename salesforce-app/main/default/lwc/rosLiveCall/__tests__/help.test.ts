import { foldFrame, foldView, nothingShown } from '../shown';

const whisper = { id: 'whisper-1', from: 'Jordan Blake', text: 'Ask who signs.', atMs: 60_000 };
const by = [{ name: 'Jordan Blake', sees: 'cards' as const }];

describe('who helps on a call', () => {
  test('a whisper and who looks come over the socket, and go again', () => {
    const told = foldFrame(foldFrame(nothingShown, { type: 'watched', by }), { type: 'whisper', ...whisper });
    expect(told.help).toEqual({ watchedBy: by, whisper });
    expect(foldFrame(told, { type: 'whisper-gone', id: 'whisper-0' }).help.whisper).toEqual(whisper);
    expect(foldFrame(foldFrame(told, { type: 'whisper-gone', id: 'whisper-1' }), { type: 'watched', by: [] }).help).toEqual(
      nothingShown.help,
    );
  });

  test('an answer without helpers says that nobody helps any more', () => {
    const told = foldView(nothingShown, { state: 'same', seq: 0, pollMs: 800, help: { watchedBy: by, whisper } });
    expect(told.help.whisper).toEqual(whisper);
    expect(foldView(told, { state: 'same', seq: 0, pollMs: 800 }).help).toEqual(nothingShown.help);
  });
});
