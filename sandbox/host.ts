import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from 'wrangler';

const root = join(import.meta.dirname, '..');
const built = join(root, '.build', 'worker');

export interface WorkerHost {
  origin: string;
  /** Runs the scheduled handler once, as Cloudflare's clock would. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

export interface HostOptions {
  port: number;
  /** Where Durable Objects and the audio bucket live; absent means in memory. */
  persist?: string;
  /** Settings and secrets on top of wrangler.toml's. */
  settings: Record<string, string>;
  /** Takes the Worker's own log lines. */
  log?: (line: string) => void;
}

/** The Worker in workerd, from the bundle wrangler would deploy, bound as wrangler.toml says. The one place that starts it. */
export async function startWorker(options: HostOptions): Promise<WorkerHost> {
  await buildWorker();
  const { workerOptions } = workerOptionsOf(join(root, 'wrangler.toml'));
  const script = readFileSync(join(built, 'worker.js'), 'utf8');
  const persist = options.persist === undefined ? {} : { resourcePersistencePath: options.persist };
  const mf = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: options.port,
      cf: false,
      unsafeTriggerHandlers: true,
      ...persist,
      handleStructuredLogs: ({ message }: { message: string }) => options.log?.(`${message}\n`),
      workers: [
        {
          ...workerOptions,
          name: 'relationship-os',
          modules: [{ type: 'ESModule', path: 'worker.js', contents: script }],
          bindings: { ...(workerOptions.bindings as Record<string, string>), ...options.settings },
        },
      ],
    }),
  );
  const url = await mf.ready;
  const origin = `http://127.0.0.1:${url.port}`;
  return {
    origin,
    tick: async () => {
      await fetch(`${origin}/cdn-cgi/local/scheduled`, { signal: AbortSignal.timeout(30_000) }).then((answer) => answer.body?.cancel());
    },
    close: () => mf.dispose(),
  };
}

/** Bundles with wrangler when a source changed since the last time. */
async function buildWorker(): Promise<void> {
  const print = fingerprint(['edge', 'shared', 'wrangler.toml', 'package-lock.json']);
  const stamp = join(built, '.made-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;
  mkdirSync(built, { recursive: true });
  const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  await run([wrangler, 'deploy', '--dry-run', '--outdir', built]);
  writeFileSync(stamp, print);
}

function fingerprint(places: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (place: string): void => {
    const stat = readdirSafe(join(root, place));
    if (stat === null) hash.update(place).update(readFileSync(join(root, place)));
    else for (const name of stat) if (!/\.(test|contract)\.ts$/.test(name)) add(`${place}/${name}`);
  };
  for (const place of places) add(place);
  return hash.digest('hex');
}

function readdirSafe(path: string): string[] | null {
  try {
    return readdirSync(path).sort();
  } catch {
    return null;
  }
}

const run = (args: string[]) =>
  new Promise<void>((done, fail) => {
    const env = {
      ...process.env,
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_LOG_PATH: join(root, '.build', 'logs'),
    };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`The Worker did not build.\n${said}`))));
  });
