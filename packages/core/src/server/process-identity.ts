import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { assignment } from '../worker/thread.js';
import type { ResolvedSettings } from './settings/settings.js';

/** Set in the process that goes on in the background. */
const MARK = 'SWOOLE_TS_DAEMON';

/**
 * The setting daemonize. Node cannot fork: the program is started once more, detached from the terminal, and this process ends. What it
 * prints goes to log_file, or nowhere. Comes back when it is not asked for, and in the process in the background.
 */
export function daemonize(settings: ResolvedSettings): void {
  if (!settings.daemonize || assignment !== null) return;
  const isDaemon = process.env[MARK] !== undefined;
  // What this process starts is not the daemon.
  delete process.env[MARK];
  if (isDaemon) return;
  const output = settings.log_file === '' ? 'ignore' : openSync(settings.log_file, 'a');
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, [MARK]: '1' },
  });
  child.unref();
  if (typeof output === 'number') closeSync(output);
  process.exit(0);
}

/**
 * The settings user and group: gives up the rights of root once the ports are bound. Without those rights there is nothing to give up.
 * @param warn is told of a name that the system does not know
 */
export function dropPrivileges(settings: ResolvedSettings, warn: (text: string) => void): void {
  if (process.getuid?.() !== 0) return;
  const attempt = (kind: string, name: string, set: () => void): void => {
    if (name === '') return;
    try {
      set();
    } catch (error) {
      warn(`cannot become ${kind} '${name}': ${(error as Error).message}`);
    }
  };
  attempt('group', settings.group, () => process.setgid?.(settings.group));
  attempt('user', settings.user, () => {
    process.setgroups?.(settings.group === '' ? [] : [settings.group]);
    process.setuid?.(settings.user);
  });
}
