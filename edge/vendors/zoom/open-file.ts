import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { OpenFile } from '../../ports/meetings.ts';
import { waitOf, type ZoomClient } from './client.ts';

const HOPS_MAX = 3;
/** Until the first byte; the body may take longer, and is the caller's to bound. */
const ANSWER_MS = 20_000;

export interface FileGuard {
  /** The address when it is one of a Zoom recording, else null. */
  recording(raw: string): URL | null;
  /** The address when Zoom may send us on to it, else null. */
  hop(raw: string): URL | null;
  /** Asks this origin in the place of Zoom's hosts; for the sandbox alone. The guards stand before it either way. */
  files?: string;
}

/**
 * A recording's bytes. The first address has to be one of Zoom's recordings; each redirect is looked at before it is followed, and the token
 * goes to no other host than the first.
 */
export async function openFile(client: Pick<ZoomClient, 'token'>, guard: FileGuard, raw: string): Promise<Result<OpenFile>> {
  const elsewhere = failed({
    kind: 'refused',
    said: 'The recording lies at an address that is not Zoom’s, so it was not fetched.',
  } as const);
  let address = guard.recording(raw);
  if (!address) return elsewhere;
  const firstHost = address.host;
  let bearer = await client.token();
  if (!bearer.ok) return bearer;
  let renewed = false;
  for (let hops = 0; hops <= HOPS_MAX; ) {
    const response = await ask(address, guard.files, address.host === firstHost ? bearer.value : null);
    if (!response) return failed({ kind: 'broken', said: 'Zoom does not hand over the recording.' });
    const { status } = response;
    if (status === 200 && response.body) {
      const length = Number(response.headers.get('content-length') ?? Number.NaN);
      return ok({ body: response.body, size: Number.isSafeInteger(length) && length >= 0 ? length : null });
    }
    await response.body?.cancel();
    if (status >= 300 && status < 400) {
      const to = URL.parse(response.headers.get('location') ?? '', address.href);
      address = to && guard.hop(to.href);
      if (!address) return elsewhere;
      hops += 1;
      continue;
    }
    if (status === 401 && !renewed) {
      renewed = true;
      bearer = await client.token(bearer.value);
      if (!bearer.ok) return bearer;
      continue;
    }
    if (status === 429) {
      const retryAfterMs = waitOf(response.headers.get('retry-after'));
      return failed({ kind: 'busy', said: 'Zoom asks us to wait.', retryAfterMs });
    }
    if (status === 404 || status === 410) return failed({ kind: 'gone', said: 'The recording is no longer in Zoom.' });
    if (status >= 400 && status < 500) return failed({ kind: 'refused', said: `Zoom does not hand over the recording (${status}).` });
    return failed({ kind: 'broken', said: `Zoom answered ${status} for the recording.` });
  }
  return failed({ kind: 'refused', said: 'Zoom sent us on too often, so the recording was not fetched.' });
}

async function ask(address: URL, files: string | undefined, bearer: string | null): Promise<Response | null> {
  const headers: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  const url = files === undefined ? address.href : `${files}${address.pathname}${address.search}`;
  if (files !== undefined) headers['x-zoom-host'] = address.host;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    return await fetch(url, { headers, redirect: 'manual', signal: stop.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
