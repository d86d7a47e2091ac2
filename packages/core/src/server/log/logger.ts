import { closeSync, openSync, writeSync } from 'node:fs';
import {
  SWOOLE_LOG_DEBUG,
  SWOOLE_LOG_ERROR,
  SWOOLE_LOG_INFO,
  SWOOLE_LOG_NOTICE,
  SWOOLE_LOG_ROTATION_EVERY_MINUTE,
  SWOOLE_LOG_ROTATION_HOURLY,
  SWOOLE_LOG_ROTATION_MONTHLY,
  SWOOLE_LOG_ROTATION_SINGLE,
  SWOOLE_LOG_TRACE,
  SWOOLE_LOG_WARNING,
} from '../../constants/log.js';
import type { ResolvedSettings } from '../settings/resolved-settings.js';
import { strftime } from './strftime.js';

/** The settings that a logger follows. */
export type LogSettings = Pick<
  ResolvedSettings,
  'log_level' | 'log_file' | 'log_date_format' | 'log_date_with_microseconds' | 'log_rotation'
>;

const defaultDateFormat = '%F %T';
/** Swoole's buffer for a date holds no more. */
const longestDate = 127;

/** Writes what the server has to tell, in Swoole's lines: `[2026-11-23 09:00:00 #4711.0]`, level, text. */
export class Logger {
  private readonly settings: LogSettings;
  private readonly dateFormat: string;
  private fd: number | null = null;
  private openFile = '';

  /**
   * @param symbol what kind of process writes: `#` the master, `*` a worker, `^` a task worker
   * @param workerId its number
   */
  constructor(
    settings: LogSettings,
    private readonly symbol = '#',
    private readonly workerId = 0,
  ) {
    this.settings = settings;
    const { length } = strftime(settings.log_date_format, new Date());
    this.dateFormat = length > 0 && length <= longestDate ? settings.log_date_format : defaultDateFormat;
    if (settings.log_file !== '') this.open();
  }

  debug(message: string): void {
    this.put(SWOOLE_LOG_DEBUG, 'DEBUG', message);
  }

  trace(message: string): void {
    this.put(SWOOLE_LOG_TRACE, 'TRACE', message);
  }

  info(message: string): void {
    this.put(SWOOLE_LOG_INFO, 'INFO', message);
  }

  notice(message: string): void {
    this.put(SWOOLE_LOG_NOTICE, 'NOTICE', message);
  }

  warning(message: string): void {
    this.put(SWOOLE_LOG_WARNING, 'WARNING', message);
  }

  error(message: string): void {
    this.put(SWOOLE_LOG_ERROR, 'ERROR', message);
  }

  /** Opens the log file again, after something else has moved it away. */
  reopen(): void {
    if (this.fd === null) return;
    this.close();
    this.open();
  }

  /** Closes the log file; later lines go to the standard output. */
  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }

  private put(level: number, name: string, message: string): void {
    if (level < this.settings.log_level) return;
    const now = new Date();
    if (this.fd !== null && this.openFile !== this.fileName(now)) this.reopen();
    let date = strftime(this.dateFormat, now);
    if (this.settings.log_date_with_microseconds) date += `<.${now.getMilliseconds() * 1000}>`;
    const line = `[${date} ${this.symbol}${process.pid}.${this.workerId}]\t${name}\t${message}\n`;
    if (this.fd === null) process.stdout.write(line);
    else writeSync(this.fd, line);
  }

  private open(): void {
    const name = this.fileName(new Date());
    try {
      this.fd = openSync(name, 'a', 0o666);
      this.openFile = name;
    } catch (error) {
      const { message, errno = 0 } = error as NodeJS.ErrnoException;
      this.warning(`open('${name}') failed. Error: ${message}[${Math.abs(errno)}]`);
    }
  }

  private fileName(now: Date): string {
    const { log_file, log_rotation } = this.settings;
    if (log_rotation === SWOOLE_LOG_ROTATION_SINGLE) return log_file;
    return `${log_file}.${strftime(rotationFormat(log_rotation), now)}`;
  }
}

function rotationFormat(rotation: number): string {
  switch (rotation) {
    case SWOOLE_LOG_ROTATION_MONTHLY:
      return '%Y%m';
    case SWOOLE_LOG_ROTATION_HOURLY:
      return '%Y%m%d%H';
    case SWOOLE_LOG_ROTATION_EVERY_MINUTE:
      return '%Y%m%d%H%M';
    default:
      return '%Y%m%d';
  }
}
