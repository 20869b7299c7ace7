import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from 'wrangler';

const root = join(import.meta.dirname, '..');

/** The same sources, bundled in two ways: two versions of the Worker that share their storage. */
export type Build = 'plain' | 'minified';
const folderOf: Record<Build, string> = { plain: join(root, '.build', 'worker'), minified: join(root, '.build', 'worker-minified') };

export interface WorkerHost {
  origin: string;
  /** Runs the scheduled handler once, as Cloudflare's clock would. */
  tick(): Promise<void>;
  /** Puts another version in its place: requests and sockets of the old one break off, what is stored stays. */
  deploy(build: Build): Promise<void>;
  /** What lies in the audio bucket under a key, as it is stored; null when there is nothing. */
  stored(key: string): Promise<Uint8Array | null>;
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
  const { workerOptions } = workerOptionsOf(join(root, 'wrangler.toml'));
  const persist = options.persist === undefined ? {} : { resourcePersistencePath: options.persist };
  const optionsFor = async (build: Build) =>
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
          modules: modulesOf(build, await bundleWorker(build)),
          bindings: { ...(workerOptions.bindings as Record<string, string>), ...options.settings },
        },
      ],
    });
  const mf = new Miniflare(await optionsFor('plain'));
  const url = await mf.ready;
  const origin = `http://127.0.0.1:${url.port}`;
  return {
    origin,
    tick: async () => {
      await fetch(`${origin}/cdn-cgi/local/scheduled`, { signal: AbortSignal.timeout(30_000) }).then((answer) => answer.body?.cancel());
    },
    deploy: async (build) => mf.setOptions(await optionsFor(build)),
    stored: async (key) => {
      const found = await (await mf.getR2Bucket('AUDIO')).get(key);
      return found ? new Uint8Array(await found.arrayBuffer()) : null;
    },
    close: () => mf.dispose(),
  };
}

/** The bundle's text; made with wrangler when a source changed since the last time. */
export async function bundleWorker(build: Build): Promise<string> {
  const folder = folderOf[build];
  const print = fingerprint(['edge', 'shared', 'wrangler.toml', 'package-lock.json']);
  const stamp = join(folder, '.made-from');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== print) {
    mkdirSync(folder, { recursive: true });
    const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
    await run([wrangler, 'deploy', '--dry-run', ...(build === 'minified' ? ['--minify'] : []), '--outdir', folder]);
    writeFileSync(stamp, print);
  }
  return readFileSync(join(folder, 'worker.js'), 'utf8');
}

/** The bundle with what it imports beside itself: WebAssembly, which a Worker may not compile while it runs. */
function modulesOf(build: Build, worker: string) {
  const folder = folderOf[build];
  // Files of earlier bundles may lie there too.
  const names = readdirSync(folder).filter((name) => name.endsWith('.wasm') && worker.includes(name));
  return [
    { type: 'ESModule' as const, path: 'worker.js', contents: worker },
    ...names.map((name) => ({ type: 'CompiledWasm' as const, path: name, contents: new Uint8Array(readFileSync(join(folder, name))) })),
  ];
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
