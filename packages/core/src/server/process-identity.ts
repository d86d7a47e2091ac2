import { chownSync, closeSync, existsSync, openSync } from 'node:fs';
import { goToBackground } from '../process/background.js';
import { assignment } from '../worker/thread.js';
import type { ResolvedSettings } from './settings/settings.js';

/** Set in the process that goes on in the background. */
const MARK = 'SWOOLE_TS_DAEMON';

/**
 * The setting daemonize. What the process in the background prints goes to log_file, or nowhere. Comes back when it is not asked for, and
 * in the process in the background.
 */
export function daemonize(settings: ResolvedSettings): void {
  if (!settings.daemonize || assignment !== null) return;
  const output = settings.log_file === '' ? 'ignore' : openSync(settings.log_file, 'a');
  goToBackground(MARK, output);
  if (typeof output === 'number') closeSync(output);
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
    if (settings.log_file !== '') giveLog(settings.log_file, settings.user);
    process.setgroups?.(settings.group === '' ? [] : [settings.group]);
    process.setuid?.(settings.user);
  });
}

/** The log becomes the user's: threads that start later open it, too. */
function giveLog(file: string, user: string): void {
  process.seteuid?.(user);
  const uid = process.geteuid?.() ?? -1;
  process.seteuid?.(0);
  if (existsSync(file)) chownSync(file, uid, -1);
}
