// The reference of settings, from server/settings/settings-table.ts.
import { cell, code, importSource, table } from './source.mjs';

const shown = (value, type) => {
  if (value === null) return '–';
  if (Array.isArray(value)) return code(`[${value.map((each) => `'${each}'`).join(', ')}]`);
  if (type === 'size' && value >= 1024 && value % 1024 === 0)
    return `${code(String(value))} (${value % 1048576 === 0 ? `${value / 1048576} MiB` : `${value / 1024} KiB`})`;
  // A long list of ciphers may be broken where it has colons.
  if (typeof value === 'string' && value.includes(':'))
    return `<code>${value.replaceAll(':', ':<wbr>')}</code>`;
  return code(typeof value === 'string' ? JSON.stringify(value).replace(/^"|"$/g, "'") : String(value));
};

const byName = (a, b) => (a.name < b.name ? -1 : 1);

export async function settingBlocks() {
  const { settingsTable } = await importSource('server/settings/settings-table.ts');
  const own = settingsTable.filter((row) => row.alias === undefined);
  const full = (rows) =>
    table(
      ['Setting', 'Meaning', 'Type', 'Default', 'Set on'],
      rows
        .sort(byName)
        .map((row) => [
          code(row.name),
          cell(row.meaning),
          row.type,
          shown(row.default, row.type),
          row.scope === 'port' ? 'server, port' : 'server',
        ]),
    );
  const short = (rows) =>
    table(
      ['Setting', 'Meaning', 'Type'],
      rows.sort(byName).map((row) => [code(row.name), cell(row.meaning), row.type]),
    );
  const status = (wanted) => own.filter((row) => row.status === wanted && !row.added);
  const aliases = settingsTable.filter((row) => row.alias !== undefined).sort(byName);
  const known = own.filter((row) => !row.added).length;
  return {
    'settings-count':
      `Of the ${known} settings of Swoole 6.2 ${status('works').length} work as there, ${status('differs').length} work with a ` +
      `difference, ${status('later').length} are kept for a later release and ${status('ignored').length} can have no effect here. ` +
      `${own.length - known} are added, and ${aliases.length} have a second name.`,
    'settings-works': full(status('works')),
    'settings-differs': full(status('differs')),
    'settings-added': full(own.filter((row) => row.added)),
    'settings-later': short(status('later')),
    'settings-ignored': short(status('ignored')),
    'settings-aliases': table(
      ['Name', 'Another name of'],
      aliases.map((row) => [code(row.name), code(row.alias)]),
    ),
  };
}
