import { Exception } from '../errors/exceptions.js';
import { toStr } from '../value/convert.js';
import { offsetAt, zoneNamed } from './zone.js';

/** PHP's time zone: a name, or an offset. */
export class DateTimeZone {
  static readonly phpName: string = 'DateTimeZone';
  static readonly UTC = 1024;
  static readonly ALL = 2047;
  readonly #name: string;

  constructor(timezone: unknown) {
    const name = zoneNamed(toStr(timezone));
    if (name === null)
      throw new Exception(`DateTimeZone::__construct(): Unknown or bad timezone (${toStr(timezone)})`);
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  /** Seconds east of UTC at a time. */
  getOffset(datetime: { getTimestamp(): number }): number {
    return offsetAt(this.#name, datetime.getTimestamp());
  }

  static listIdentifiers(): string[] {
    return [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  }

  __debugInfo(): object {
    return { timezone_type: /^[+-]/.test(this.#name) ? 1 : 3, timezone: this.#name };
  }
}
