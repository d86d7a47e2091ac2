import {
  type CertificateFiles,
  toBool,
  toBytes,
  toCallable,
  toCertificates,
  toInt,
  toList,
  toNumber,
  toSize,
  toText,
} from './coerce.js';
import { type SettingDefault, settingsTable } from './settings-table.js';

const defaults = new Map<string, SettingDefault>();
const otherNames = new Map<string, string[]>();
for (const row of settingsTable) {
  if (row.alias === undefined) defaults.set(row.name, row.default);
  else otherNames.set(row.alias, [...(otherNames.get(row.alias) ?? []), row.name]);
}

/** Reads settings by name: under their other names too, and with the table's default when they are absent or null. */
export class SettingReader {
  private readonly values: ReadonlyMap<string, unknown>;

  constructor(values: object) {
    this.values = new Map(Object.entries(values));
  }

  bool(name: string): boolean {
    return toBool(this.value(name));
  }

  int(name: string, min: number, max: number): number {
    return toInt(name, this.value(name), min, max);
  }

  size(name: string, max: number): number {
    return toSize(name, this.value(name), max);
  }

  /** A number that need not be whole, from 0 on. */
  number(name: string, max: number): number {
    return toNumber(name, this.value(name), max);
  }

  /** Bytes: text as UTF-8. */
  bytes(name: string): Buffer {
    return toBytes(name, this.value(name));
  }

  /** A function, null when there is none. */
  callable(name: string): ((...args: never[]) => unknown) | null {
    return toCallable(name, this.value(name));
  }

  /** Certificates by host name. */
  certificates(name: string): Readonly<Record<string, CertificateFiles>> {
    return toCertificates(name, this.value(name));
  }

  text(name: string): string {
    return toText(name, this.value(name));
  }

  list(name: string): string[] {
    return toList(name, this.value(name));
  }

  /** Whether the program gave it. */
  has(name: string): boolean {
    return this.given(name) !== undefined;
  }

  private value(name: string): unknown {
    return this.given(name) ?? defaults.get(name);
  }

  private given(name: string): unknown {
    const value = this.values.get(name) ?? undefined;
    if (value !== undefined) return value;
    for (const other of otherNames.get(name) ?? []) {
      const found = this.values.get(other) ?? undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
