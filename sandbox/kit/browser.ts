import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** A headless Chromium: `CHROME_PATH`, then one the machine has, then the one from npm. The caller closes it. `flags` are further ones of Chromium's. */
export async function openBrowser(flags: readonly string[] = []): Promise<Browser> {
  const found = process.env.CHROME_PATH ?? onMachine();
  const { path, env } = found ? { path: found, env: {} } : await fromNpm();
  return chromium.launch({
    executablePath: path,
    // In containers Chromium's own sandbox has no rights and /dev/shm is small; it opens our loopback pages alone.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...flags],
    env: { ...process.env, ...env },
    timeout: 30_000,
  });
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

function onMachine(): string | undefined {
  const inPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...inPath, ...places].find(runs);
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Unpacked into the temporary folder once. Linux on x64 alone: elsewhere a sentence says what to install. */
async function fromNpm(): Promise<{ path: string; env: Record<string, string> }> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No Chromium found: install Chrome or Chromium, or set CHROME_PATH to its program.');
  const { default: pack, inflate } = await import('@sparticuz/chromium');
  const path = await pack.executablePath();
  // Its fonts come along too, for a machine that has none.
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') };
  if (!lacksLibraries(path)) return { path, env: fonts };
  // The libraries a bare container lacks (libnss3 and its kin) come in the same package.
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../bin');
  const libraries = join(await inflate(join(bin, 'al2023.tar.br')), 'lib');
  const known = process.env.LD_LIBRARY_PATH;
  return { path, env: { ...fonts, LD_LIBRARY_PATH: known ? `${libraries}:${known}` : libraries } };
}

function lacksLibraries(path: string): boolean {
  try {
    return execFileSync('ldd', [path], { encoding: 'utf8', timeout: 10_000 }).includes('not found');
  } catch {
    return true;
  }
}
