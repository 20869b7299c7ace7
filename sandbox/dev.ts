import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seedNetwork } from './network/seed.ts';
import { buildHubspotPage } from './pages/hubspot/build.ts';
import { buildLightningPage } from './pages/lightning/build.ts';
import { servePages } from './pages/serve.ts';
import { startSandbox } from './start.ts';

/**
 * `npm run dev [-- --port 8700] [--state .state/dev] [--speed 1]`: the whole product on one machine, until Ctrl-C.
 * One line on stdout when ready; everything else goes to stderr.
 */
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8700' },
    state: { type: 'string', default: '.state/dev' },
    speed: { type: 'string', default: '1' },
  },
});
const port = Number(values.port);
const speed = Number(values.speed);
if (!Number.isInteger(port) || port < 1 || port > 65_520)
  fail('--port takes a number from 1 to 65520; the nine ports after it are used too.');
if (!(speed > 0 && speed <= 10)) fail('--speed takes a number up to 10.');

const startedMs = Date.now();
const say = (line: string) => process.stderr.write(`  ${line}\n`);
try {
  await buildHubspotPage();
  await buildLightningPage();
  const sandbox = await startSandbox({ port: port + 1, stateDir: resolve(root, values.state), speed, keys: devVars(), say });
  say('who knows whom');
  await seedNetwork(sandbox);
  const ticking = setInterval(() => void sandbox.worker.tick().catch(() => undefined), 60_000);
  const pages = await servePages(sandbox, port);
  let stopping = false;
  const stop = async () => {
    // A second Ctrl-C while closing must not cut the first one short.
    if (stopping) return;
    stopping = true;
    clearInterval(ticking);
    await pages.close();
    await sandbox.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const real = Object.keys(devVars());
  if (real.length > 0)
    say(`.dev.vars: ${real.join(', ')}. Vendors that call us (Twilio, Zoom, Graph) need PUBLIC_URL to reach this machine.`);
  process.stdout.write(`Ready in ${((Date.now() - startedMs) / 1000).toFixed(1)} s. Open http://127.0.0.1:${port}/\n`);
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  fail(
    inUse
      ? `A port from ${port} to ${port + 9} is taken. Choose another one: npm run dev -- --port ${port + 100}`
      : error instanceof Error
        ? error.message
        : 'It did not start.',
  );
}

/** Real keys, one `NAME=value` a line; without the file every vendor is its twin. */
function devVars(): Record<string, string> {
  const path = join(root, '.dev.vars');
  if (!existsSync(path)) return {};
  const lines = readFileSync(path, 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => [/^\s*([A-Z0-9_]+)\s*=\s*"?(.*?)"?\s*$/.exec(line)?.slice(1, 3) ?? []]).filter((pair) => pair.length === 2),
  );
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
