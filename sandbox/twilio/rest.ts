import { randomBytes } from 'node:crypto';
import type { Desk } from './call.ts';
import { type Recording, statusOf, wavOf } from './recordings.ts';
import { streamAddress } from './twiml.ts';

const refuse = (status: number, code: number, message: string) => Response.json({ code, message, more_info: '', status }, { status });
const notFound = () => refuse(404, 20404, 'The requested resource was not found');
const notAllowed = () => refuse(405, 20004, 'Method not allowed');
const sid = (kind: 'MZ' | 'RE'): string => `${kind}${randomBytes(16).toString('hex')}`;
const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toUTCString().replace('GMT', '+0000'));

/**
 * The REST API as far as this product asks it: FetchAccount, FetchCall, CreateStream, CreateCallRecording, UpdateCallRecording,
 * FetchRecording, DeleteRecording of specs/twilio/twilio_api_v2010.json, and a recording's media.
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
  const form = Object.fromEntries(new URLSearchParams(request.method === 'POST' ? await request.text() : ''));

  if (resource === '') {
    if (request.method !== 'GET') return notAllowed();
    return Response.json({ sid: account.accountSid, friendly_name: 'Brightloop', status: 'active', type: 'Full', uri: url.pathname });
  }
  if (resource === 'Recordings') return recordings(request.method, desk, account.accountSid, id, path[3] ?? '', url);
  const call = resource === 'Calls' ? desk.store.state.calls[id] : undefined;
  if (call?.accountSid !== account.accountSid) return notFound();
  if (sub === 'Recordings') return callRecordings(request.method, desk, call.sid, subId, form, url);
  if (sub === 'Streams') return streams(request.method, desk, call.sid, form, url);
  if (sub !== '') return notFound();
  if (request.method !== 'GET') return notAllowed();
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
    uri: url.pathname,
  });
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
