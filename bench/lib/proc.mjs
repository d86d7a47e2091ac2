// What the kernel tells of processes and cores: CPU time, resident memory, which cores may be used.
// Linux answers everything from /proc; elsewhere `ps` answers for one process and the rest is null.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

const ps = (pid, column) =>
  spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();

/** A process and all that descend from it: Swoole with several processes is still one system. */
const family = (pid) => {
  const children = (read(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean);
  return [pid, ...children.flatMap(family)];
};

/** Clock ticks per second in /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** The numbers of /proc/PID/stat behind the command's name, which stands in parentheses and may hold blanks. */
const statOf = (pid) => {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null
    ? null
    : stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
};

const secondsOf = (pid) => {
  const fields = statOf(pid);
  if (fields !== null) return (fields[11] + fields[12]) / TICKS;
  return ps(pid, 'time')
    .split(/[-:]/)
    .reduce((sum, part) => sum * 60 + Number(part), 0);
};

/** CPU seconds used so far by a process and its children. */
export const cpuSeconds = (pid) => family(pid).reduce((sum, each) => sum + secondsOf(each), 0);

/** Resident bytes of a process and its children. */
export const residentBytes = (pid) =>
  family(pid).reduce((sum, each) => {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${each}/status`) ?? '');
    return sum + Number(line ? line[1] : ps(each, 'rss')) * 1024;
  }, 0);

/**
 * CPU seconds used by all processes so far, and what the machine's host took away; null where there is no /proc.
 * The time of ended processes is in what their parents have waited for. /proc/stat would be simpler, but kernels
 * differ in whether it and the processes both count the network's interrupts.
 */
export const machineSeconds = () => {
  const cpu = read('/proc/stat')?.split('\n', 1)[0].split(/\s+/);
  if (cpu === undefined) return null;
  let busy = 0;
  for (const name of readdirSync('/proc')) {
    const fields = name >= '0' && name <= '9~' ? statOf(name) : null;
    if (fields !== null) busy += fields[11] + fields[12] + fields[13] + fields[14];
  }
  return { busy: busy / TICKS, stolen: Number(cpu[8]) / TICKS };
};

const expand = (list) =>
  list
    .trim()
    .split(',')
    .flatMap((range) => {
      const [from, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });

/**
 * One core for the server and one for the load, not two threads of one core where that can be avoided.
 * @returns null when `taskset` is missing or fewer than two cores may be used
 */
export const chooseCores = () => {
  const allowed = /^Cpus_allowed_list:\s+(.+)$/m.exec(read('/proc/self/status') ?? '');
  if (!allowed || spawnSync('taskset', ['--version']).status !== 0) return null;
  const [server, ...others] = expand(allowed[1]);
  const siblings = expand(
    read(`/sys/devices/system/cpu/cpu${server}/topology/thread_siblings_list`) ?? String(server),
  );
  const load = others.find((core) => !siblings.includes(core)) ?? others[0];
  return load === undefined ? null : { server, load };
};

/** The command, bound to a core when one is given. */
export const pinned = (command, core) =>
  core === undefined ? command : ['taskset', '-c', String(core), ...command];
