import type { Answer } from '../kit/serve.ts';
import type { ZoomTrouble } from './faults.ts';
import type { Stored } from './state.ts';
import type { Tokens } from './tokens.ts';

/** Recordings lie on Zoom's own hosts; the twin is asked in their place and told which one was meant. */
const HOST_HEADER = 'x-zoom-host';

/**
 * `https://<account>.zoom.us/rec/webhook_download/<id>` sends on to a signed address on another host of Zoom's, which takes no token: whoever
 * carries one there gives it away.
 */
export function answerFile(
  { meetings, tokens, trouble }: { meetings: ReadonlyMap<string, Stored>; tokens: Pick<Tokens, 'refusal'>; trouble: ZoomTrouble },
  request: Request,
): Answer {
  const url = new URL(request.url);
  const host = request.headers.get(HOST_HEADER) ?? '';
  const no = (status: number, message: string) => Response.json({ status: false, errorCode: status, errorMessage: message }, { status });
  const id = /^\/(?:rec\/webhook_download|replay05)\/([\w-]+)$/.exec(url.pathname)?.[1];
  const all = [...meetings.values()].filter(({ isGone }) => !isGone).flatMap(({ files }) => files);
  const file = all.find((one) => one.id === id);
  if (!/^(?:[a-z0-9-]+\.)?zoom\.us$/.test(host)) return no(421, 'No host of Zoom’s was asked.');
  if (trouble.resets > 0) {
    trouble.resets -= 1;
    return 'reset';
  }
  if (host === 'ssrweb.zoom.us') {
    if (request.headers.has('authorization')) return no(400, 'Only one way to authorize is allowed.');
    if (!file || url.searchParams.get('signature') !== file.id.split('').reverse().join('')) return no(403, 'The signature does not fit.');
    const type = file.type === 'TRANSCRIPT' ? 'text/vtt' : 'audio/mp4';
    return new Response(Uint8Array.from(file.bytes), { headers: { 'content-type': type } });
  }
  const refused = tokens.refusal(request, null);
  if (refused) return refused;
  if (!file) return no(404, 'This recording does not exist.');
  const signature = file.id.split('').reverse().join('');
  const location = trouble.redirects.shift() ?? `https://ssrweb.zoom.us/replay05/${file.id}?signature=${signature}`;
  return new Response(null, { status: 302, headers: { location } });
}
