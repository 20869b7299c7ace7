import { failed, ok, type Result } from '../../../shared/kit/result.ts';

const TIMEOUT_MS = 10_000;
/** HubSpot ends a file at 5 MB. */
const BYTES_MAX = 8 * 1024 * 1024;

/**
 * A file of the journal from its signed address. That address is the whole key: the store behind it refuses a request that brings
 * another one along. `home` is the one origin that need not be https.
 */
export async function downloadFile(url: string, home: string): Promise<Result<unknown>> {
  const { protocol, origin } = new URL(url);
  if (protocol !== 'https:' && origin !== home) return failed(unreadable);
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return failed({ kind: 'broken', said: `HubSpot’s journal did not hand over a file (${response.status}).` });
    }
    const text = await readAtMost(response.body, BYTES_MAX);
    return text === null ? failed(unreadable) : ok(JSON.parse(text));
  } catch {
    return failed({ kind: 'broken', said: 'A file of HubSpot’s journal did not come through.' });
  }
}

const unreadable = { kind: 'broken', said: 'HubSpot’s journal points to something that we cannot read.' } as const;

async function readAtMost(body: ReadableStream<Uint8Array>, bytesMax: number): Promise<string | null> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > bytesMax) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
