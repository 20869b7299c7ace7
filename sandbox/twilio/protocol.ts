import { type Exchange, serve } from '../kit/serve.ts';
import { type CallOptions, type Desk, type PlacedCall, placeCall } from './call.ts';
import { type Faults, faults } from './faults.ts';
import { openState, type TwilioState } from './state.ts';

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
  const desk: Desk = { store, now: options.now ?? Date.now, record: options.record };
  const trouble = faults();
  const running = new Set<PlacedCall>();
  const served = await serve((request) => answer(request, store.state), { vendor: 'twilio', port: options.port, record: options.record });
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

/** FetchAccount and FetchCall of specs/twilio/twilio_api_v2010.json. */
function answer(request: Request, state: TwilioState): Response {
  const refuse = (status: number, code: number, message: string) => Response.json({ code, message, more_info: '', status }, { status });
  const path = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})(?:\/Calls\/(CA[0-9a-f]{32}))?\.json$/.exec(new URL(request.url).pathname);
  const account = state.accounts.find(({ accountSid }) => accountSid === path?.[1]);
  const expected = account && `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  const offered = request.headers.get('authorization');
  if (!offered || (path && offered !== expected)) return refuse(401, 20003, 'Authenticate');
  if (path && account && path[2] === undefined) {
    if (request.method !== 'GET') return refuse(405, 20004, 'Method not allowed');
    return Response.json({ sid: account.accountSid, friendly_name: 'Brightloop', status: 'active', type: 'Full', uri: path[0] });
  }
  const call = state.calls[path?.[2] ?? ''];
  if (!path || call?.accountSid !== account?.accountSid || !call) return refuse(404, 20404, 'The requested resource was not found');
  if (request.method !== 'GET') return refuse(405, 20004, 'Method not allowed');
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toUTCString().replace('GMT', '+0000'));
  return Response.json({
    account_sid: call.accountSid,
    api_version: '2010-04-01',
    date_created: time(call.startedAt),
    direction: 'inbound',
    duration: call.endedAt === undefined ? null : String(Math.ceil((call.endedAt - call.startedAt) / 1_000)),
    end_time: time(call.endedAt),
    from: call.from,
    sid: call.sid,
    start_time: time(call.startedAt),
    status: call.status,
    to: call.to,
    uri: path[0],
  });
}
