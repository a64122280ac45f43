// Builds or tests the dashboard, and does only what is out of date. Maven calls it:
//   node build.mjs --out DIRECTORY --state DIRECTORY   builds the files that the program serves
//   node build.mjs test --state DIRECTORY              checks types and format, and runs the tests
//   node build.mjs install                             fetches what the tests need
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const OLDEST_NODE = [20, 19];
const DESCRIPTION = '../docs/openapi.yaml';

const [mode, options] = commandLine(process.argv.slice(2));
requireNode();
if (mode === 'install') install('all', []);
else if (mode !== 'test') build();
else if (!isSkipped(options.unless)) test();

function build() {
  const inputs = [
    'package.json',
    'package-lock.json',
    'vite.config.ts',
    'svelte.config.js',
    'index.html',
    'build.mjs',
    'src',
  ];
  const stamp = digest(inputs);
  const list = join(options.out, 'files.txt');
  if (isDone('build', stamp) && existsSync(list)) return;
  install('build', ['--omit=dev']);
  run('vite', ['vite', 'vite'], ['build', '--outDir', options.out, '--emptyOutDir', '--logLevel', 'warn']);
  done('build', stamp);
}

function test() {
  const stamp = digest([
    'package.json',
    'package-lock.json',
    'vite.config.ts',
    'svelte.config.js',
    'tsconfig.json',
    'index.html',
    'src',
    'test',
    DESCRIPTION,
  ]);
  if (isDone('test', stamp)) return;
  install('all', []);
  // From the description of the API, each time: a copy that is kept could only grow stale.
  run('openapi-typescript', ['openapi-typescript', 'bin/cli.js'], [DESCRIPTION, '-o', 'src/api/schema.d.ts']);
  run('prettier', ['prettier', 'bin/prettier.cjs'], ['--check', '--log-level', 'warn', '.']);
  run(
    'svelte-check',
    ['svelte-check', 'bin/svelte-check'],
    ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  );
  run('vitest', ['vitest', 'vitest.mjs'], ['run']);
  done('test', stamp);
}

/** The packages of the lock file: for a build those without which it cannot be, for tests all. */
function install(extent, flags) {
  const stamp = digest(['package-lock.json', '.npmrc']);
  const installed = join(HERE, 'node_modules', '.ccproxy-installed');
  const known = existsSync(installed) ? readFileSync(installed, 'utf8') : '';
  if (known === `all ${stamp}` || known === `${extent} ${stamp}`) return;
  console.log('dashboard: npm fetches the packages of package-lock.json');
  const npm = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error', ...flags], {
    cwd: HERE,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.error) fail(`npm could not be started (${npm.error.message}). It comes with Node: https://nodejs.org`);
  if (npm.status !== 0) fail('npm could not install the packages; what it says stands above.');
  writeFileSync(installed, `${extent} ${stamp}`);
}

function run(name, [packageName, script], args) {
  const started = performance.now();
  const file = join(HERE, 'node_modules', packageName, packageName === 'vite' ? 'bin/vite.js' : script);
  const child = spawnSync(process.execPath, [file, ...args], {
    cwd: HERE,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', CI: '1' },
  });
  if (child.status !== 0) fail(`${name} failed; what it says stands above.`);
  console.log(`dashboard: ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Changes with the name or content of any of these files. */
function digest(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const entries = readdirSync(join(HERE, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) visit(inner);
      else hashFile(inner);
    }
  };
  const hashFile = (path) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(HERE, path)))
      .update('\0');
  for (const path of paths) {
    if (statSync(join(HERE, path)).isDirectory()) visit(path);
    else hashFile(path);
  }
  return hash.digest('hex');
}

function isDone(what, stamp) {
  const file = join(options.state, `dashboard.${what}`);
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

function done(what, stamp) {
  mkdirSync(options.state, { recursive: true });
  writeFileSync(join(options.state, `dashboard.${what}`), stamp);
}

/** Maven leaves the name of a property that nobody has set as it is. */
function isSkipped(unless) {
  return unless.split(' ').some((value) => value !== '' && value !== 'false' && !value.startsWith('${'));
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Node ${OLDEST_NODE.join('.')} or newer is needed to build the dashboard, and this is ${process.versions.node}. ` +
      'Install a newer one (https://nodejs.org), or build without the dashboard: -Dui.skip',
  );
}

function commandLine(args) {
  const named = { out: '../target/classes/web', state: '../target', unless: '' };
  let chosen = 'build';
  for (let i = 0; i < args.length; i++) {
    if (args[i].startsWith('--')) named[args[i].slice(2)] = args[++i];
    else chosen = args[i];
  }
  return [chosen, { ...named, out: resolve(HERE, named.out), state: resolve(HERE, named.state) }];
}

function fail(why) {
  console.error(`[ERROR] dashboard: ${why}`);
  process.exit(1);
}
