import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Logger, type LogSettings } from '../../../src/server/log/logger.js';

const defaults: LogSettings = {
  log_level: 0,
  log_file: '',
  log_date_format: '%F %T',
  log_date_with_microseconds: false,
  log_rotation: 0,
};
let base = '';
let file = '';
let logger: Logger | null = null;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(base, 'swoole.log');
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 23, 9, 0, 0, 123) });
});
afterEach(() => {
  logger?.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(base, { recursive: true });
});

function make(settings: Partial<LogSettings> = {}, ...rest: [string?, number?]): Logger {
  logger = new Logger({ ...defaults, log_file: file, ...settings }, ...rest);
  return logger;
}

function stdout(): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  return lines;
}

describe('a log line', () => {
  it('tells when, who, how bad and what', () => {
    make().notice('hello');
    expect(readFileSync(file, 'utf8')).toBe(`[2026-11-23 09:00:00 #${process.pid}.0]\tNOTICE\thello\n`);
  });

  it('names the kind of worker and its number', () => {
    make({}, '*', 3).info('hello');
    expect(readFileSync(file, 'utf8')).toBe(`[2026-11-23 09:00:00 *${process.pid}.3]\tINFO\thello\n`);
  });

  it('has the date in the format asked for, with microseconds if asked for', () => {
    make({ log_date_format: '%d/%m/%y %R', log_date_with_microseconds: true }).info('x');
    expect(readFileSync(file, 'utf8')).toContain('[23/11/26 09:00<.123000> #');
  });

  it('has the usual date when the format gives none, or too much', () => {
    for (const log_date_format of ['', '%c'.repeat(30)]) {
      make({ log_date_format }).info('x');
      logger?.close();
    }
    expect(readFileSync(file, 'utf8').match(/\[2026-11-23 09:00:00 #/g)).toHaveLength(2);
  });

  it('goes to the standard output without a file', () => {
    const lines = stdout();
    make({ log_file: '' }).error('bad');
    expect(lines).toEqual([`[2026-11-23 09:00:00 #${process.pid}.0]\tERROR\tbad\n`]);
  });
});

describe('log_level', () => {
  it.each([
    [0, ['DEBUG', 'TRACE', 'INFO', 'NOTICE', 'WARNING', 'ERROR']],
    [2, ['INFO', 'NOTICE', 'WARNING', 'ERROR']],
    [4, ['WARNING', 'ERROR']],
    [6, []],
  ])('%d lets %o through', (log_level, expected) => {
    const log = make({ log_level });
    for (const level of ['debug', 'trace', 'info', 'notice', 'warning', 'error'] as const) log[level]('x');
    const levels = readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t')[1]);
    expect(levels).toEqual(expected);
  });
});

describe('log_file', () => {
  it('is appended to', () => {
    make().info('one');
    logger?.close();
    make().info('two');
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  });

  it('is made anew by reopen() after it was moved away', () => {
    make().info('one');
    renameSync(file, `${file}.1`);
    logger?.info('two');
    logger?.reopen();
    logger?.info('three');
    expect(readFileSync(`${file}.1`, 'utf8')).toMatch(/one\n.*two\n$/);
    expect(readFileSync(file, 'utf8')).toMatch(/^[^\n]*three\n$/);
  });

  it('that cannot be opened is told of on the standard output, and so is the rest', () => {
    const lines = stdout();
    make({ log_file: join(base, 'no/such/dir') }).info('x');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`WARNING\topen('${join(base, 'no/such/dir')}') failed. Error: `);
    expect(lines[1]).toContain('INFO\tx\n');
  });
});

describe('log_rotation', () => {
  it.each([
    [1, '202611', new Date(2026, 11, 1), '202612'],
    [2, '20261123', new Date(2026, 10, 24), '20261124'],
    [3, '2026112309', new Date(2026, 10, 23, 10), '2026112310'],
    [4, '202611230900', new Date(2026, 10, 23, 9, 1), '202611230901'],
  ])('%d begins a new file in time', (log_rotation, first, later, second) => {
    make({ log_rotation }).info('one');
    vi.setSystemTime(later.getTime() - 1);
    logger?.info('still one');
    vi.setSystemTime(later);
    logger?.info('two');
    expect(readdirSync(base).sort()).toEqual([`swoole.log.${first}`, `swoole.log.${second}`]);
    expect(readFileSync(`${file}.${first}`, 'utf8')).toMatch(/one\n.*still one\n$/);
    expect(readFileSync(`${file}.${second}`, 'utf8')).toMatch(/^[^\n]*two\n$/);
  });
});
