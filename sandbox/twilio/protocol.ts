import { type Exchange, serve } from '../kit/serve.ts';
import { type CallOptions, type PlacedCall, placeCall } from './call.ts';
import type { Desk, Manners } from './desk.ts';
import { type Faults, faults } from './faults.ts';
import { answerRest } from './rest.ts';
import { openState } from './state.ts';

export interface TwilioOptions {
  port: number;
  stateFile?: string;
  record?: (exchange: Exchange) => void;
  now?: () => number;
  /** How fast calls are talked that the REST API asked for; 1 is life. */
  speed?: number;
}

export interface TwilioTwin {
  origin: string;
  faults: Faults;
  /** Rings the number and plays a call through it, as Twilio would; see `CallOptions`. */
  placeCall(call: CallOptions): Promise<PlacedCall>;
  /** What whoever has this phone does when it rings. */
  manner(phone: string, manners: Manners): void;
  /** The next call that is asked for is refused so. */
  refuseCallNext(status: number, code: number, message: string): void;
  /** The calls that the REST API asked for are over, last callbacks and all. */
  quiet(): Promise<void>;
  /** Hangs up whatever still runs. */
  close(): Promise<void>;
}

/** Twilio Voice seen from a webhook: calls come in, their audio streams to the Worker, and the REST API knows of them. */
export async function startTwilio(options: TwilioOptions): Promise<TwilioTwin> {
  const store = openState(options.stateFile);
  const newDesk = { manners: new Map(), hangUps: new Map(), refusals: [], bridges: new Set<Promise<void>>() };
  const desk: Desk = {
    store,
    now: options.now ?? Date.now,
    record: options.record,
    running: new Map(),
    recordings: new Map(),
    ...newDesk,
    speed: options.speed ?? 1,
  };
  const trouble = faults();
  const running = new Set<PlacedCall>();
  const answer = async (request: Request) => {
    if (trouble.isRestDown()) return new Response(null, { status: 503 });
    const isLost = trouble.isAnswerLost(request);
    const answered = await answerRest(request, desk);
    return isLost ? 'reset' : answered;
  };
  const served = await serve(answer, { vendor: 'twilio', port: options.port, record: options.record });
  return {
    origin: served.origin,
    faults: trouble,
    async placeCall(call) {
      if (!store.state.accounts.some(({ accountSid }) => accountSid === call.account.accountSid)) {
        store.state.accounts.push(call.account);
        store.save();
      }
      const placed = await placeCall(desk, call, trouble.take());
      running.add(placed);
      placed.done.finally(() => running.delete(placed)).catch(() => {});
      return placed;
    },
    manner: (phone, manners) => void desk.manners.set(phone, manners),
    refuseCallNext: (status, code, message) => void desk.refusals.push({ status, code, message }),
    quiet: async () => {
      await Promise.all([...desk.bridges]);
    },
    async close() {
      for (const hangUp of desk.hangUps.values()) hangUp();
      await Promise.allSettled([...desk.bridges]);
      for (const call of running) call.hangUp();
      await Promise.allSettled([...running].map(({ done }) => done));
      await served.close();
    },
  };
}
