import type { ServerSettings } from './settings.js';
import { settingsTable } from './settings-table.js';

const later = new Set(settingsTable.filter((row) => row.status === 'later').map((row) => row.name));

/** The settings that ask for something which a later release brings, as `name = value`. */
export function laterSettings(settings: ServerSettings): string[] {
  const asked: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (later.has(name) && value) asked.push(`${name} = ${String(value)}`);
  }
  return asked;
}
