import type { CallFacts } from '../ports/live.ts';
import type { SafetyNet } from './safety-net.ts';

/** Who destroys a call is answered within five seconds: what does not go by then goes by and by. */
const WAIT_MS = 2_000;
const RETRY_MS = 5_000;

interface Forgetting {
  facts: CallFacts | undefined;
  durationMs: number;
  net: SafetyNet;
  /** An end that runs meanwhile. */
  ending: Promise<void> | undefined;
  now(): number;
}

/** Forgets a destroyed call: here, and at the network that recorded it. Only that it was destroyed stays. */
export async function forgetCall(storage: DurableObjectStorage, { facts, durationMs, net, ending, now }: Forgetting): Promise<void> {
  const drop = async () => {
    if (!facts) return;
    await net.fold(facts, durationMs);
    await net.drop(facts);
  };
  const isClean = await within(WAIT_MS, Promise.all([drop(), ending]));
  const tapes = isClean ? undefined : await storage.get('net');
  await storage.deleteAll();
  await storage.put('destroyed', true);
  if (!facts || tapes === undefined) return storage.deleteAlarm();
  // The network's own recording is still there, and nothing but its name is known of it.
  const { repName: _, ...rest } = facts;
  await storage.put({ net: tapes, debris: { ...rest, customerName: '' } });
  await storage.setAlarm(now() + RETRY_MS);
}

/** Once more what the network did not delete when the call was destroyed. */
export async function clearDebris(storage: DurableObjectStorage, net: SafetyNet, now: number): Promise<void> {
  const facts = await storage.get<CallFacts>('debris');
  if (!facts) return;
  await storage.setAlarm(now + RETRY_MS);
  await net.drop(facts);
  await storage.deleteAll();
  await storage.put('destroyed', true);
  await storage.deleteAlarm();
}

/** True when it is done by then; false when it failed or is not. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  const isDone = await Promise.race([done, late]);
  clearTimeout(timer);
  return isDone;
}
