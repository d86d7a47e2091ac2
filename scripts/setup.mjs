// Installs the dependencies and builds the packages; does nothing that is already done, so it works offline the second time.
//   node scripts/setup.mjs [--quiet]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const quiet = process.argv.includes('--quiet');
const PNPM = 'pnpm@10.34.9';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 11)) {
  console.error(
    `swoole-ts needs Node 20.11 or newer; this is Node ${process.versions.node}. Install a newer Node and run the command again.`,
  );
  process.exit(1);
}

const packages = ['packages/core', 'packages/php', 'packages/port'];

const filesUnder = (dir) =>
  readdirSync(path.join(root, dir), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();

const hashOf = (files) => {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of files)
    if (existsSync(path.join(root, file))) hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
};

const run = (command, args, what) => {
  if (!quiet) console.log(`> ${what}`);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : 'inherit',
  });
  if (status === 0) return;
  console.error(
    `${what} failed${error ? `: ${error.message}` : ` with status ${status}`}\n${stdout ?? ''}${stderr ?? ''}`,
  );
  process.exit(1);
};

const manifests = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  ...['packages/core', 'packages/php', 'packages/port', 'examples', 'docs', 'conformance', 'bench'].map(
    (dir) => `${dir}/package.json`,
  ),
];
const installStamp = path.join(root, 'node_modules/.swoole-ts-install');
const installHash = hashOf(manifests);
const stampIs = (file, hash) => existsSync(file) && readFileSync(file, 'utf8') === hash;

if (!stampIs(installStamp, installHash)) {
  run(
    'npx',
    ['--yes', PNPM, 'install', '--frozen-lockfile', '--prefer-offline', ...(quiet ? ['--silent'] : [])],
    `install the dependencies (${PNPM})`,
  );
  writeFileSync(installStamp, installHash);
}

for (const dir of packages) {
  const buildStamp = path.join(root, dir, 'dist/.build');
  const buildHash = hashOf([
    `${dir}/tsup.config.ts`,
    `${dir}/package.json`,
    'tsconfig.base.json',
    'pnpm-lock.yaml',
    ...filesUnder(`${dir}/src`),
  ]);
  if (stampIs(buildStamp, buildHash)) continue;
  const bin = path.join(root, dir, 'node_modules/.bin/tsup');
  const tsup = existsSync(bin) ? bin : path.join(root, 'node_modules/.bin/tsup');
  if (!quiet) console.log(`> build ${dir}`);
  const { status, stdout, stderr } = spawnSync(tsup, ['--silent'], {
    cwd: path.join(root, dir),
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.error(`the build of ${dir} failed with status ${status}\n${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(buildStamp, buildHash);
}
