const DEPTH_MAX = 32;

/**
 * JSON that can be read in one way only: UTF-8 without faults, no name twice in one object, at most 32 levels deep.
 * `undefined` for anything else. Two readers who keep different twins of a name would not have checked the same thing.
 */
export function readStrictJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return namesOnce(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The object that `readStrictJson` finds, or `undefined` when it is none. */
export function readStrictObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  const value = readStrictJson(bytes);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

/** `text` is known to be JSON: only strings and brackets need to be told apart. */
function namesOnce(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name = String(JSON.parse(token.slice(0, -1)));
      const names = open.at(-1);
      if (names?.has(name)) return false;
      names?.add(name);
    }
    if (open.length > DEPTH_MAX) return false;
  }
  return true;
}
