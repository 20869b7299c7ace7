import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Claims a state folder for the endpoint on `port`: two openers of one PGlite folder silently destroy each other's data.
 * Returns how to let go of it. Throws a sentence for people when another endpoint has it open.
 */
export async function claimFolder(dataDir: string, port: number): Promise<() => void> {
  const folder = resolve(dataDir);
  const note = `${folder}.in-use`;
  mkdirSync(dirname(folder), { recursive: true });
  for (;;) {
    try {
      writeFileSync(note, String(port), { flag: 'wx' });
      return () => rmSync(note, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = heldBy(note);
    if (holder !== port && (await folderAt(holder)) === folder) {
      throw new Error(
        `The state folder ${folder} is in use by the sandbox on port ${holder}. Stop that one, or give this one a folder of its own.`,
      );
    }
    // Whoever wrote it was killed.
    rmSync(note, { force: true });
  }
}

function heldBy(note: string): number {
  try {
    return Number(readFileSync(note, 'utf8'));
  } catch {
    return 0;
  }
}

/** The folder that the endpoint on this port says it has open. */
async function folderAt(port: number): Promise<string | undefined> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
    const { folder } = (await response.json()) as { folder?: string };
    return folder;
  } catch {
    return undefined;
  }
}
