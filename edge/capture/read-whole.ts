/** A body's bytes, within both bounds; `broken` when it breaks off or comes too slowly. What is too large is not read on. */
export async function readWhole(
  body: ReadableStream<Uint8Array>,
  { maxBytes, maxMs }: { maxBytes: number; maxMs: number },
): Promise<Uint8Array | 'too-large' | 'broken'> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of timed(body, maxMs)) {
      size += part.length;
      if (size > maxBytes) return 'too-large';
      parts.push(part);
    }
  } catch {
    return 'broken';
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The body piece by piece; throws when it is not over in time. Whoever stops reading lets go of it. */
export async function* timed(body: ReadableStream<Uint8Array>, maxMs: number): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('the body is too slow')), maxMs);
  });
  late.catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return;
      yield value;
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => undefined);
  }
}
