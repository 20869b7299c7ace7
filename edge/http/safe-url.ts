/** Whose recordings we fetch by an address that came in a message. */
export type RecordingSource = 'twilio' | 'zoom' | 'graph';

const id = '[A-Za-z0-9_=!*.@-]+';
/** `/recordings/id` or `/recordings('id')`, as OData writes it. */
const one = (name: string) => `/${name}(?:/${id}|\\('${id}'\\))`;

/** Host and path of each source's recordings. A host alone would let an open redirect or an API of the same vendor through. */
const allowed: Record<RecordingSource, { host: RegExp; path: RegExp }> = {
  twilio: {
    // Regions have a host of their own: api.dublin.ie1.twilio.com.
    host: /^api(?:\.[a-z0-9-]+\.[a-z0-9-]+)?\.twilio\.com$/,
    path: /^\/2010-04-01\/Accounts\/AC[0-9a-f]{32}(?:\/Calls\/CA[0-9a-f]{32})?\/Recordings\/RE[0-9a-f]{32}(?:\.(?:mp3|wav))?$/,
  },
  zoom: {
    host: /^(?:[a-z0-9-]+\.)?zoom\.us$/,
    path: /^\/rec\/(?:archive\/)?(?:webhook_)?download\/[A-Za-z0-9._~-]+$/,
  },
  graph: {
    host: /^graph\.microsoft\.com$/,
    path: new RegExp(
      `^/(?:v1\\.0|beta)(?:${one('users')}|/me|/communications)${one('onlineMeetings')}${one('(?:recordings|transcripts)')}/content$`,
    ),
  },
};

/**
 * The address, if it may be fetched as a recording of `source`, else `null`: https, port 443, no user, a host and path on its list.
 * It goes by the text as well as by what the URL parser makes of it: escapes, backslashes, letters that only look like ASCII, and hosts
 * written as numbers are refused before any parser can read them kindly. Redirects must be followed by hand, each through this check.
 */
export function recordingUrl(raw: string, source: RecordingSource): URL | null {
  const url = safeUrl(raw, source);
  return url && allowed[source].path.test(url.pathname) ? url : null;
}

/** Where a vendor may send us on to from a recording's address: the same rules and hosts, at any path. */
export const recordingHop = (raw: string, source: RecordingSource): URL | null => safeUrl(raw, source);

function safeUrl(raw: string, source: RecordingSource): URL | null {
  if (raw.length > 8_192 || !/^https:\/\/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\.?(?::443)?\/[!-~]*$/i.test(raw) || /[\\#]/.test(raw))
    return null;
  const url = URL.parse(raw);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return null;
  // `host.` is the same machine as `host`, and the list knows one of them.
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (!allowed[source].host.test(host)) return null;
  url.hostname = host;
  return url;
}

/** Media gateways have names like `zoomsjc144-195-19-86zssgw.sjc.zoom.us`. */
const STREAM_HOST = /^(?:[a-z0-9-]{1,63}\.){1,3}zoom\.us$/;

/** A running meeting's stream, as the https address that its socket is opened at; null unless it is one of Zoom's hosts, at port 443. */
export function streamUrl(raw: string): URL | null {
  if (raw.length > 2_048 || !/^wss:\/\/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::443)?(?:\/[!-~]*)?$/i.test(raw) || /[\\#@]/.test(raw))
    return null;
  const url = URL.parse(raw.replace(/^wss:/i, 'https:'));
  return url?.port === '' && STREAM_HOST.test(url.hostname.toLowerCase()) ? url : null;
}
