/** What a setting takes; a size is a count of bytes, as a number or as PHP writes it (`2M`). */
export type SettingType = 'bool' | 'int' | 'float' | 'size' | 'string' | 'array' | 'callable';

/**
 * `works`: as in Swoole. `differs`: works, `meaning` says what is different. `later`: accepted and kept, acts in a later
 * release. `ignored`: accepted and kept, can have no effect here; `meaning` says why.
 */
export type SettingStatus = 'works' | 'differs' | 'later' | 'ignored';

export type SettingDefault = boolean | number | string | readonly string[] | null;

/** One setting, as `Swoole\Server::set()` takes it. */
export interface SettingRow {
  readonly name: string;
  readonly type: SettingType;
  /** What holds when it is not set; null for nothing. */
  readonly default: SettingDefault;
  readonly status: SettingStatus;
  readonly meaning: string;
  /** `port`: may also be given to one port by `Swoole\Server\Port::set()`. */
  readonly scope: 'server' | 'port';
  /** The setting this one is another name of. */
  readonly alias?: string;
  /** True for settings that Swoole does not have. */
  readonly added?: true;
}

/** Name, type, default, meaning. */
export type Draft = readonly [name: string, type: SettingType, value: SettingDefault, meaning: string];

/** Rows that share their status and scope. */
export function rows(
  status: SettingStatus,
  scope: SettingRow['scope'],
  drafts: readonly Draft[],
): readonly SettingRow[] {
  return drafts.map(([name, type, value, meaning]) => ({
    name,
    type,
    default: value,
    status,
    meaning,
    scope,
  }));
}
