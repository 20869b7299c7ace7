import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * `npm run test:deploy`: everything `wrangler deploy` does short of sending it, for every environment, and what the Worker weighs.
 * Ends stdout with one line of JSON; exits 1 when an environment does not bundle or the Worker is over its size.
 */
const root = join(import.meta.dirname, '..');
const GZIP_MAX_BYTES = 1_500_000;
const wrangler = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'node_modules/wrangler/bin/wrangler.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', WRANGLER_LOG_PATH: join(root, '.build', 'logs') },
  });

const sizes: Record<string, { kb: number; gzipKb: number }> = {};
let ok = true;
for (const environment of ['', 'production', 'eu']) {
  const out = mkdtempSync(join(tmpdir(), 'ros-deploy-'));
  const ran = wrangler('deploy', '--dry-run', '--outdir', out, `--env=${environment}`);
  if (ran.status !== 0) {
    ok = false;
    process.stderr.write(`${environment || 'default'}: ${ran.stdout}${ran.stderr}\n`);
  } else {
    // What is sent: the Worker, and the WebAssembly beside it.
    const sent = readdirSync(out).filter((name) => name.endsWith('.js') || name.endsWith('.wasm'));
    const bundle = Buffer.concat(sent.map((name) => readFileSync(join(out, name))));
    const gzip = gzipSync(bundle).length;
    sizes[environment || 'default'] = { kb: Math.round(bundle.length / 1024), gzipKb: Math.round(gzip / 1024) };
    if (gzip > GZIP_MAX_BYTES) ok = false;
  }
  rmSync(out, { recursive: true });
}

const startup = wrangler('check', 'startup', '--outfile', join(root, '.build', 'startup.cpuprofile'));
const startupMs = startup.status === 0 ? activeMs(join(root, '.build', 'startup.cpuprofile')) : null;
process.stdout.write(`${JSON.stringify({ ok, sizes, startupMs })}\n`);
process.exitCode = ok ? 0 : 1;

/** Milliseconds the profile shows outside idle: the Worker's start-up on this machine. */
function activeMs(file: string): number {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as {
    nodes: { id: number; callFrame: { functionName: string } }[];
    samples: number[];
    timeDeltas: number[];
  };
  const idle = new Set(profile.nodes.filter(({ callFrame }) => /^\((idle|program)\)$/.test(callFrame.functionName)).map(({ id }) => id));
  const microseconds = profile.samples.reduce((sum, id, at) => sum + (idle.has(id) ? 0 : (profile.timeDeltas[at] ?? 0)), 0);
  return Math.round(microseconds / 1000);
}
