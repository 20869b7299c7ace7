import { runBridge } from './bridge.ts';
import type { Desk } from './desk.ts';
import { type Recording, statusOf, wavOf } from './recordings.ts';
import { sid } from './sid.ts';
import type { Account, CallRecord } from './state.ts';
import { streamAddress } from './twiml.ts';

const refuse = (status: number, code: number, message: string) => Response.json({ code, message, more_info: '', status }, { status });
const notFound = () => refuse(404, 20404, 'The requested resource was not found');
const notAllowed = () => refuse(405, 20004, 'Method not allowed');
const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toUTCString().replace('GMT', '+0000'));

/**
 * The REST API as far as this product asks it: FetchAccount, CreateCall, ListCall,
 * FetchCall, UpdateCall, CreateStream, CreateCallRecording, ListCallRecording,
 * UpdateCallRecording, FetchRecording, DeleteRecording of specs/twilio/twilio_api_v2010.json, and a recording's media.
 */
export async function answerRest(request: Request, desk: Desk): Promise<Response> {
  const url = new URL(request.url);
  const path =
    /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})((?:\/(?:Calls|Recordings|Streams)(?:\/[A-Z]{2}[0-9a-f]{32})?)*)\.(json|wav)$/.exec(
      url.pathname,
    );
  const account = desk.store.state.accounts.find(({ accountSid }) => accountSid === path?.[1]);
  const expected = account && `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  const offered = request.headers.get('authorization');
  if (!offered || (path && offered !== expected)) return refuse(401, 20003, 'Authenticate');
  if (!path || !account) return notFound();
  const [, resource = '', id = '', sub = '', subId = ''] =
    /^\/?([A-Za-z]*)\/?([A-Z]{2}[0-9a-f]{32})?\/?([A-Za-z]*)\/?([A-Z]{2}[0-9a-f]{32})?$/.exec(path[2] ?? '') ?? [];
  const said = new URLSearchParams(request.method === 'POST' ? await request.text() : '');
  const form = Object.fromEntries(said);

  if (resource === '') {
    if (request.method !== 'GET') return notAllowed();
    return Response.json({ sid: account.accountSid, friendly_name: 'Brightloop', status: 'active', type: 'Full', uri: url.pathname });
  }
  if (resource === 'Recordings') return recordings(request.method, desk, account.accountSid, id, path[3] ?? '', url);
  if (resource === 'Calls' && id === '')
    return request.method === 'POST' ? createCall(desk, account, said, url) : listCalls(desk, account, url);
  const call = resource === 'Calls' ? desk.store.state.calls[id] : undefined;
  if (call?.accountSid !== account.accountSid) return notFound();
  if (sub === 'Recordings') return callRecordings(request.method, desk, call.sid, subId, form, url);
  if (sub === 'Streams') return streams(request.method, desk, call.sid, form, url);
  if (sub !== '') return notFound();
  if (request.method === 'POST') return updateCall(desk, call, form, url);
  if (request.method !== 'GET') return notAllowed();
  return Response.json(shownCall(call, url));
}

function shownCall(call: CallRecord, url: URL) {
  return {
    account_sid: call.accountSid,
    api_version: '2010-04-01',
    date_created: time(call.startedAt),
    direction: call.direction ?? 'inbound',
    parent_call_sid: call.parent ?? null,
    duration: call.endedAt === undefined ? null : String(Math.ceil((call.endedAt - call.startedAt) / 1_000)),
    end_time: time(call.endedAt),
    from: call.from,
    sid: call.sid,
    start_time: time(call.startedAt),
    status: call.status,
    to: call.to,
    uri: url.pathname,
  };
}

const number = /^\+[1-9]\d{6,14}$/;

/** The vendor checks numbers and addresses at once, and tells everything else by callback. */
function createCall(desk: Desk, account: Account, said: URLSearchParams, url: URL): Response {
  const [to = '', from = '', answerUrl = ''] = [said.get('To') ?? '', said.get('From') ?? '', said.get('Url') ?? ''];
  const statusCallback = said.get('StatusCallback') ?? undefined;
  const events = said.getAll('StatusCallbackEvent');
  const prepared = desk.refusals.shift();
  if (prepared) return refuse(prepared.status, prepared.code, prepared.message);
  if (to === '') return refuse(400, 21201, "No 'To' number is specified");
  if (from === '') return refuse(400, 21213, "No 'From' number is specified");
  if (!number.test(to)) return refuse(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  if (!number.test(from))
    return refuse(400, 21212, `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`);
  if (from !== account.number)
    return refuse(
      400,
      21210,
      `The source phone number provided, ${from}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.`,
    );
  if (!URL.canParse(answerUrl)) return refuse(400, 21205, 'Url is not a valid URL');
  if (statusCallback !== undefined && !URL.canParse(statusCallback)) return refuse(400, 21609, 'StatusCallback is not a valid URL');
  const callSid = sid('CA');
  const call: CallRecord = {
    sid: callSid,
    accountSid: account.accountSid,
    from,
    to,
    status: 'queued',
    startedAt: desk.now(),
    direction: 'outbound-api',
  };
  desk.store.state.calls[callSid] = call;
  const asked = { account, sid: callSid, from, to, answerUrl, events, speed: desk.speed, ...(statusCallback ? { statusCallback } : {}) };
  desk.bridges.add(Promise.resolve().then(() => runBridge(desk, asked)));
  return Response.json(shownCall(call, url), { status: 201 });
}

function listCalls(desk: Desk, account: Account, url: URL): Response {
  const [to, from] = [url.searchParams.get('To'), url.searchParams.get('From')];
  const calls = Object.values(desk.store.state.calls).filter(
    (call) => call.accountSid === account.accountSid && (!to || call.to === to) && (!from || call.from === from),
  );
  const size = Number(url.searchParams.get('PageSize') ?? 50);
  const page = { page: 0, page_size: size, next_page_uri: null, uri: url.pathname };
  return Response.json({
    calls: calls
      .reverse()
      .slice(0, size)
      .map((call) => shownCall(call, url)),
    ...page,
  });
}

function updateCall(desk: Desk, call: CallRecord, form: Record<string, string>, url: URL): Response {
  if (form['Status'] !== 'completed' && form['Status'] !== 'canceled') return refuse(400, 21218, 'Status is not valid');
  const running = desk.running.get(call.sid);
  const hangUp = desk.hangUps.get(call.sid);
  if (!hangUp && (!running || running.line.isOver())) return refuse(400, 21220, 'Call is not in-progress. Cannot redirect.');
  hangUp?.();
  running?.line.hangUp();
  // Whoever is still rung from it is rung no more.
  for (const one of Object.values(desk.store.state.calls)) if (one.parent === call.sid) desk.hangUps.get(one.sid)?.();
  return Response.json(shownCall(call, url));
}

function streams(method: string, desk: Desk, callSid: string, form: Record<string, string>, url: URL): Response {
  if (method !== 'POST') return notAllowed();
  const running = desk.running.get(callSid);
  if (!running || running.line.isOver()) return refuse(400, 21220, 'The call is not in progress');
  const track = form['Track'] ?? 'inbound_track';
  if (track !== 'inbound_track' && track !== 'outbound_track' && track !== 'both_tracks') return refuse(400, 20001, 'Track is not valid');
  if (!form['Url'] || streamAddress(form['Url']) !== undefined) return refuse(400, 20001, 'Url is not valid');
  const parameters: Record<string, string> = {};
  for (let n = 1; n <= 99; n++) {
    const name = form[`Parameter${n}.Name`];
    if (name) parameters[name] = form[`Parameter${n}.Value`] ?? '';
  }
  const streamSid = sid('MZ');
  const statusCallback = form['StatusCallback'];
  running.startStream({ url: form['Url'], track, parameters, ...(statusCallback ? { statusCallback } : {}) }, streamSid);
  return Response.json(
    {
      sid: streamSid,
      account_sid: running.accountSid,
      call_sid: callSid,
      name: null,
      status: 'in-progress',
      date_updated: time(desk.now()),
      uri: url.pathname,
    },
    { status: 201 },
  );
}

function callRecordings(method: string, desk: Desk, callSid: string, id: string, form: Record<string, string>, url: URL): Response {
  if (method === 'GET' && id === '') {
    const mine = [...desk.recordings.values()].filter((one) => one.callSid === callSid).reverse();
    return Response.json({
      recordings: mine.slice(0, 50).map((one) => shown(one, desk, url)),
      page: 0,
      page_size: 50,
      next_page_uri: null,
      uri: url.pathname,
    });
  }
  if (method !== 'POST') return notAllowed();
  const running = desk.running.get(callSid);
  if (id !== '') {
    const recording = desk.recordings.get(id);
    if (recording?.callSid !== callSid) return notFound();
    if (form['Status'] !== 'stopped') return refuse(400, 21218, 'Status is not valid');
    if (recording.toMs !== undefined) return refuse(400, 21220, 'The recording is not in progress');
    running?.endRecording(recording);
    return Response.json(shown(recording, desk, url));
  }
  if (!running || running.line.isOver()) return refuse(400, 21220, 'The call is not in progress');
  const channels = form['RecordingChannels'] ?? 'mono';
  if (channels !== 'mono' && channels !== 'dual') return refuse(400, 21218, 'RecordingChannels is not valid');
  const statusUrl = form['RecordingStatusCallback'];
  const recording: Recording = {
    sid: sid('RE'),
    callSid,
    accountSid: running.accountSid,
    channels: channels === 'dual' ? 2 : 1,
    fromMs: running.line.nowMs(),
    startedAt: desk.now(),
    tracks: running.tracks,
    ...(statusUrl ? { statusUrl } : {}),
  };
  desk.recordings.set(recording.sid, recording);
  return Response.json(shown(recording, desk, url), { status: 201 });
}

function recordings(method: string, desk: Desk, accountSid: string, id: string, kind: string, url: URL): Response {
  const recording = desk.recordings.get(id);
  if (recording?.accountSid !== accountSid) return notFound();
  if (method === 'DELETE') {
    desk.recordings.delete(id);
    return new Response(null, { status: 204 });
  }
  if (method !== 'GET') return notAllowed();
  if (kind === 'json') return Response.json(shown(recording, desk, url));
  if (statusOf(recording, desk.now()) !== 'completed') return notFound();
  const isMono = url.searchParams.get('RequestedChannels') === '1';
  return new Response(wavOf(isMono ? { ...recording, channels: 1 } : recording), { headers: { 'content-type': 'audio/x-wav' } });
}

const shown = (recording: Recording, desk: Desk, url: URL) => ({
  sid: recording.sid,
  account_sid: recording.accountSid,
  call_sid: recording.callSid,
  status: statusOf(recording, desk.now()),
  channels: recording.channels,
  source: 'StartCallRecordingAPI',
  start_time: time(recording.startedAt),
  duration: recording.toMs === undefined ? null : String(Math.round((recording.toMs - recording.fromMs) / 1_000)),
  error_code: null,
  uri: url.pathname,
});
