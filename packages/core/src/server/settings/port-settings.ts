import { type ResolvedSettings, resolveSettings, type ServerSettings } from './settings.js';
import { settingsTable } from './settings-table.js';

const ofTheServer = new Set(settingsTable.filter((row) => row.scope === 'server').map((row) => row.name));

/**
 * The settings in force on a port. A port that was given none has the server's; one that was given some has those, and of the
 * server's only what concerns the whole server.
 */
export function portSettings(
  server: ServerSettings,
  own: ServerSettings | null,
  protocol: ServerSettings,
): ResolvedSettings {
  if (own === null) return resolveSettings({ ...protocol, ...server });
  const shared = Object.fromEntries(Object.entries(server).filter(([name]) => ofTheServer.has(name)));
  return resolveSettings({ ...shared, ...own });
}
