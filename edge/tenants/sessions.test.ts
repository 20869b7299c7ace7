import { expect, test } from 'vitest';
import { failed, ok } from '../../shared/kit/result.ts';
import { holdSessions } from './sessions.ts';

/** Opens s-1, s-2, … and counts; answers come when told. */
function desk() {
  let nowMs = 0;
  const opened: PromiseWithResolvers<void>[] = [];
  const sessionOf = holdSessions<{ accessToken: string }>(() => nowMs);
  const open = async () => {
    const gate = Promise.withResolvers<void>();
    const n = opened.push(gate);
    await gate.promise;
    return ok({ accessToken: `s-${n}` });
  };
  return {
    opened,
    ask: (refused?: string, of = 'connection-1') => sessionOf(of, refused, open),
    sessionOf,
    pass: (ms: number) => (nowMs += ms),
  };
}

test('many who are refused at once share one new session, and it is kept', async () => {
  const { opened, ask } = desk();
  const first = ask();
  opened[0]?.resolve();
  expect(await first).toEqual(ok({ accessToken: 's-1' }));
  const all = [1, 2, 3, 4, 5].map(() => ask('s-1'));
  opened[1]?.resolve();
  expect(await Promise.all(all)).toEqual(Array(5).fill(ok({ accessToken: 's-2' })));
  // One that comes late with the old refusal takes what the others opened.
  expect([await ask('s-1'), await ask(), opened.length]).toEqual([ok({ accessToken: 's-2' }), ok({ accessToken: 's-2' }), 2]);
});

test('connections do not share, a failure is not kept, and a flight that died is not waited for', async () => {
  const { opened, ask, sessionOf, pass } = desk();
  const no = failed({ kind: 'expired', said: 'Connect it again.' } as const);
  expect(await sessionOf('connection-2', undefined, async () => no)).toEqual(no);
  void ask();
  pass(10_000);
  const again = ask();
  opened[1]?.resolve();
  expect(await again).toEqual(ok({ accessToken: 's-2' }));
});
