import { INI_SCANNER_RAW, INI_SCANNER_TYPED } from '../constants/files.js';
import { append, put } from '../value/access.js';
import { toStr } from '../value/convert.js';
import { define, isArray } from '../value/kinds.js';
import type { Mixed } from '../value/mixed.js';
import { file_get_contents } from './contents.js';

type Section = { [key: string]: Mixed };

/** The settings of a text in the form of php.ini. */
export function parse_ini_string(ini_string: unknown, process_sections = false, scanner_mode = 0): Section {
  const out: Section = {};
  let section = out;
  for (const raw of toStr(ini_string).split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    const heading = /^\[(.*)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      if (process_sections) {
        section = {};
        define(out, heading, section);
      }
      continue;
    }
    const at = line.indexOf('=');
    const name = (at < 0 ? line : line.slice(0, at)).trim();
    store(section, name, at < 0 ? '' : iniValue(line.slice(at + 1).trim(), scanner_mode));
  }
  return out;
}

function store(section: Section, name: string, value: unknown): void {
  const [, list, key = ''] = /^(.*)\[(.*)\]$/.exec(name) ?? [];
  if (list === undefined) {
    define(section, name, value);
    return;
  }
  if (!isArray(section[list])) define(section, list, key === '' ? [] : {});
  if (key === '') append(section[list] as object, value);
  else put(section[list] as object, key, value);
}

function iniValue(text: string, mode: number): unknown {
  const quoted = /^"((?:\\.|[^"\\])*)"|^'([^']*)'/.exec(text);
  if (quoted !== null) return (quoted[1] ?? quoted[2] ?? '').replace(/\\(["\\])/g, '$1');
  const plain = text.replace(/\s*;.*$/, '');
  if (mode === INI_SCANNER_RAW) return plain;
  const typed = mode === INI_SCANNER_TYPED;
  if (/^(?:true|on|yes)$/i.test(plain)) return typed ? true : '1';
  if (/^(?:false|off|no|none)$/i.test(plain)) return typed ? false : '';
  if (/^null$/i.test(plain)) return typed ? null : '';
  if (typed && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(plain)) return Number(plain);
  return plain.replace(/\$\{(\w+)\}/g, (_all, name: string) => process.env[name] ?? '');
}

/** The settings of a file in the form of php.ini; false when it cannot be read. */
export function parse_ini_file(
  filename: unknown,
  process_sections = false,
  scanner_mode = 0,
): Section | false {
  const text = file_get_contents(filename);
  return text === false ? false : parse_ini_string(text, process_sections, scanner_mode);
}
