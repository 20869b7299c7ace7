// Runs one of the project's programs with the project's own Node, setting up first when something is missing.
// Plain JavaScript, and nothing but Node's own modules: it is what runs before anything is installed.
//   node .ci/run-first.mjs FILE [ARG …]       run a TypeScript or JavaScript file
//   node .ci/run-first.mjs --npm SCRIPT [ARG …]  run another npm script
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed-from');
const windows = process.platform === 'win32';
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  X_LOCAL_OBSERVABILITY: 'false',
  WRANGLER_SEND_METRICS: 'false',
};

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  process.stderr.write('Setting up (once, about two minutes) …\n');
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2], shell: windows });
  if (installed.status !== 0) {
    process.stderr.write(
      'Setting up failed: `npm ci` could not install what package-lock.json names. Its words are above; run the same command again once they are solved.\n',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

const [first, ...rest] = process.argv.slice(2);
const node = join(bin, windows ? 'node.cmd' : 'node');
const [command, args] = first === '--npm' ? ['npm', ['run', '--silent', ...rest]] : [node, [join(root, first), ...rest]];
const child = spawn(command, args, { cwd: root, stdio: 'inherit', env, shell: windows });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
