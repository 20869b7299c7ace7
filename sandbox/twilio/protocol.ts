import { type Exchange, serve } from '../kit/serve.ts';
import { type CallOptions, type Desk, type PlacedCall, placeCall } from './call.ts';
import { type Faults, faults } from './faults.ts';
import { answerRest } from './rest.ts';
import { openState } from './state.ts';

export interface TwilioOptions {
  port: number;
  stateFile?: string;
  record?: (exchange: Exchange) => void;
  now?: () => number;
}

export interface TwilioTwin {
  origin: string;
  faults: Faults;
  /** Rings the number and plays a call through it, as Twilio would; see `CallOptions`. */
  placeCall(call: CallOptions): Promise<PlacedCall>;
  /** Hangs up whatever still runs. */
  close(): Promise<void>;
}

/** Twilio Voice seen from a webhook: calls come in, their audio streams to the Worker, and the REST API knows of them. */
export async function startTwilio(options: TwilioOptions): Promise<TwilioTwin> {
  const store = openState(options.stateFile);
  const desk: Desk = { store, now: options.now ?? Date.now, record: options.record, running: new Map(), recordings: new Map() };
  const trouble = faults();
  const running = new Set<PlacedCall>();
  const served = await serve((request) => (trouble.isRestDown() ? new Response(null, { status: 503 }) : answerRest(request, desk)), {
    vendor: 'twilio',
    port: options.port,
    record: options.record,
  });
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
    async close() {
      for (const call of running) call.hangUp();
      await Promise.allSettled([...running].map(({ done }) => done));
      await served.close();
    },
  };
}
