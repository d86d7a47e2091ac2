import { randomBytes } from 'node:crypto';
import { hostname, loadavg, release, tmpdir, totalmem, userInfo, version } from 'node:os';
import { PHP_OS, PHP_VERSION } from '../constants/system.js';
import { errors } from '../errors/state.js';
import { toFloat, toInt, toStr } from '../value/convert.js';
import { isArray, items } from '../value/kinds.js';
import type { Ref } from '../value/ref.js';

/** An environment variable, false when it is not set; without a name all of them. */
export function getenv(name: unknown, local_only?: boolean): string | false;
export function getenv(): { [name: string]: string };
export function getenv(name?: unknown, _local_only = false): unknown {
  if (name === undefined || name === null) return { ...process.env };
  return process.env[toStr(name)] ?? false;
}

/** Sets an environment variable by `NAME=value`; `NAME` removes it. */
export function putenv(assignment: unknown): boolean {
  const [name = '', ...value] = toStr(assignment).split('=');
  if (value.length === 0) delete process.env[name];
  else process.env[name] = value.join('=');
  return true;
}

const settings = new Map<string, string>([
  ['memory_limit', '-1'],
  ['display_errors', '1'],
  ['error_reporting', '22527'],
  ['max_execution_time', '0'],
  ['precision', '14'],
  ['serialize_precision', '-1'],
  ['date.timezone', 'UTC'],
  ['default_charset', 'UTF-8'],
  ['default_socket_timeout', '60'],
  ['swoole.use_shortname', '1'],
]);

/** A setting as it was made by `ini_set`, or PHP's default; false for one that is unknown. */
export function ini_get(option: unknown): string | false {
  return settings.get(toStr(option)) ?? false;
}

/** Remembers a setting and gives the value before. Of the settings only `error_reporting` and `display_errors` change anything here. */
export function ini_set(option: unknown, value: unknown): string | false {
  const name = toStr(option);
  const before = ini_get(name);
  settings.set(name, toStr(value));
  if (name === 'error_reporting') errors.reporting = toInt(value);
  if (name === 'display_errors')
    errors.shown = !['', '0', 'off', 'no', 'false'].includes(toStr(value).toLowerCase());
  return before;
}

export { ini_set as ini_alter };

/** There is no limit here. */
export function set_time_limit(_seconds: unknown): boolean {
  return true;
}

export function ignore_user_abort(_enable: boolean | null = null): number {
  return 0;
}

export function connection_status(): number {
  return 0;
}

export function getmypid(): number {
  return process.pid;
}

export function gethostname(): string {
  return hostname();
}

export function php_sapi_name(): string {
  return 'cli';
}

/** The version of PHP whose functions these are; of an extension it is false when it has no counterpart here. */
export function phpversion(extension: unknown = null): string | false {
  return extension === null || extension_loaded(extension) ? PHP_VERSION : false;
}

export function zend_version(): string {
  return '4.2.0';
}

/** The system: `s` name, `n` host, `r` release, `v` version, `m` machine, `a` all. */
export function php_uname(mode = 'a'): string {
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch;
  const parts: { readonly [mode: string]: string } = {
    s: PHP_OS,
    n: hostname(),
    r: release(),
    v: version(),
    m: machine,
  };
  return parts[mode] ?? Object.values(parts).join(' ');
}

export function sys_get_temp_dir(): string {
  return tmpdir();
}

export function sys_getloadavg(): number[] {
  return loadavg();
}

/** How much memory the program's values take, in bytes. */
export function memory_get_usage(real_usage = false): number {
  const usage = process.memoryUsage();
  return real_usage ? usage.rss : usage.heapUsed;
}

/** The most memory that the process had, in bytes. */
export function memory_get_peak_usage(_real_usage = false): number {
  return Math.min(process.resourceUsage().maxRSS * 1024, totalmem());
}

export function memory_reset_peak_usage(): void {}

/** JavaScript collects garbage by itself. */
export function gc_collect_cycles(): number {
  return 0;
}
export function gc_enable(): void {}
export function gc_disable(): void {}
export function gc_enabled(): boolean {
  return true;
}
export function gc_mem_caches(): number {
  return 0;
}

export function get_current_user(): string {
  return userInfo().username;
}

const EXTENSIONS =
  'core standard date json pcre ctype mbstring hash random spl swoole openswoole pdo pdo_mysql pdo_pgsql pdo_sqlite mysqli redis curl posix pcntl sockets openssl zlib filter iconv sodium';

/** Whether what an extension does has a counterpart here. */
export function extension_loaded(extension: unknown): boolean {
  return EXTENSIONS.split(' ').includes(toStr(extension).toLowerCase());
}

export function get_loaded_extensions(_zend_extensions = false): string[] {
  return EXTENSIONS.split(' ');
}

/** The name that `ps` shows. */
export function cli_set_process_title(title: unknown): boolean {
  process.title = toStr(title);
  return true;
}

export function cli_get_process_title(): string {
  return process.title;
}

/** Modules are loaded by `import`: a callback that would load a class is not needed, and never called. */
export function spl_autoload_register(_callback: unknown = null, _throw = true, _prepend = false): boolean {
  return true;
}

export function spl_autoload_unregister(_callback: unknown): boolean {
  return true;
}

let lastTime = 0;

/** An id of the time in microseconds: 13 hexadecimal digits, and 10 random ones more with `more_entropy`. */
export function uniqid(prefix: unknown = '', more_entropy = false): string {
  const now = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  lastTime = Math.max(now, lastTime + 1);
  const id = `${Math.floor(lastTime / 1e6)
    .toString(16)
    .padStart(8, '0')}${(lastTime % 1e6).toString(16).padStart(5, '0')}`;
  if (!more_entropy) return toStr(prefix) + id;
  return `${toStr(prefix)}${id}${((randomBytes(4).readUInt32BE() / 2 ** 32) * 10).toFixed(8)}`;
}

/** The order of two versions: -1, 0 or 1, or whether `operator` holds. */
export function version_compare(version1: unknown, version2: unknown): number;
export function version_compare(version1: unknown, version2: unknown, operator: string): boolean;
export function version_compare(
  version1: unknown,
  version2: unknown,
  operator: string | null = null,
): number | boolean {
  const found = compareVersions(canonical(toStr(version1)), canonical(toStr(version2)));
  switch (operator) {
    case null:
      return found;
    case '<':
    case 'lt':
      return found < 0;
    case '<=':
    case 'le':
      return found <= 0;
    case '>':
    case 'gt':
      return found > 0;
    case '>=':
    case 'ge':
      return found >= 0;
    case '==':
    case 'eq':
      return found === 0;
    default:
      return found !== 0;
  }
}

const canonical = (version: string): string[] =>
  version
    .replace(/[-_+]/g, '.')
    .replace(/(\d)([^\d.])/g, '$1.$2')
    .replace(/([^\d.])(\d)/g, '$1.$2')
    .split('.')
    .filter((part) => part !== '');

const FORMS = ['dev', 'alpha', 'beta', 'RC', '#', 'pl'];

function rank(part: string): number {
  if (/^\d/.test(part)) return 4;
  const forms: readonly [RegExp, number][] = [
    [/^dev/, 0],
    [/^a(lpha)?/, 1],
    [/^b(eta)?/, 2],
    [/^(RC|rc|c)/, 3],
    [/^p(l)?/, FORMS.length - 1],
  ];
  return forms.find(([form]) => form.test(part))?.[1] ?? -1;
}

function compareVersions(a: string[], b: string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined) return rank(y ?? '') >= 4 && /^\d/.test(y ?? '') ? -1 : Math.sign(4 - rank(y ?? ''));
    if (y === undefined) return /^\d/.test(x) ? 1 : Math.sign(rank(x) - 4);
    const bothNumbers = /^\d/.test(x) && /^\d/.test(y);
    const found = bothNumbers ? toFloat(x) - toFloat(y) : rank(x) - rank(y);
    if (found !== 0) return Math.sign(found);
  }
  return 0;
}

/** The options of the command line: `a` a flag, `a:` with a value, `a::` with or without. */
export function getopt(
  short_options: string,
  long_options: unknown = [],
  rest_index?: Ref<number>,
): { [name: string]: string | false | (string | false)[] } {
  const out: { [name: string]: string | false | (string | false)[] } = {};
  const wants = new Map<string, number>();
  for (const [, name = '', colons = ''] of short_options.matchAll(/([A-Za-z0-9])(:{0,2})/g))
    wants.set(name, colons.length);
  if (isArray(long_options))
    for (const option of items(long_options).map(toStr))
      wants.set(`-${option.replace(/:+$/, '')}`, /:*$/.exec(option)?.[0].length ?? 0);
  const args = process.argv.slice(2);
  let i = 0;
  const add = (name: string, value: string | false): void => {
    const before = out[name];
    out[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  };
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      i++;
      break;
    }
    if (!arg.startsWith('-') || arg === '-') break;
    const [name = '', inline] = arg.startsWith('--')
      ? splitOnce(arg.slice(1))
      : [arg.slice(1, 2), arg.length > 2 ? arg.slice(2).replace(/^=/, '') : undefined];
    const want = wants.get(name);
    const shown = name.replace(/^-/, '');
    if (want === undefined) continue;
    if (want === 0) add(shown, false);
    else if (inline !== undefined) add(shown, inline);
    else if (want === 1 && args[i + 1] !== undefined) add(shown, args[++i] ?? '');
    else if (want === 2) add(shown, false);
  }
  if (rest_index !== undefined) rest_index.value = i + 1;
  return out;
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
