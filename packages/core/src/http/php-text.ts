/** How PHP turns values into strings where a function asks for a string. */

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  // PHP's `precision` setting is 14 digits.
  const rounded = Number(value.toPrecision(14));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) {
    const [digits = '0', exponent = '+0'] = rounded.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent}`;
  }
  return String(rounded);
}

function hasOwnText(value: object): boolean {
  return (
    'toString' in value &&
    typeof value.toString === 'function' &&
    value.toString !== Object.prototype.toString
  );
}

/** The text of a scalar or of an object with a `toString` of its own; null for what PHP refuses to convert. */
export function phpText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isSafeInteger(value) ? String(value) : floatText(value);
    case 'bigint':
      return value.toString();
    case 'boolean':
      return value ? '1' : '';
    case 'undefined':
      return '';
    case 'object':
      if (value === null) return '';
      if (value instanceof Uint8Array)
        return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
      return !Array.isArray(value) && hasOwnText(value) ? String(value) : null;
    default:
      return null;
  }
}

/** What PHP calls the type of a value in its messages. */
export function phpType(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'Closure' : 'string';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value) || prototype === null || prototype === Object.prototype) return 'array';
  return value.constructor.name;
}

/**
 * PHP's error for an argument that cannot become a string.
 * @param place the function and the argument, for example `Swoole\Http\Response::end(): Argument #1 ($content)`
 * @param type what was asked for: `string` or `?string`
 */
export function textError(place: string, type: string, value: unknown): TypeError {
  return new TypeError(`${place} must be of type ${type}, ${phpType(value)} given`);
}
