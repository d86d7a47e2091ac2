/** A float as `echo` shows it: 14 significant digits. */
export function floatText(value: number): string {
  return layout(value, 14);
}

/** A float as `var_dump`, `json_encode` and `var_export` show it: the shortest digits that give the same float. */
export function exactFloatText(value: number): string {
  return layout(value, 17, true);
}

/** PHP's `%.*G`: an exponent below 1.0E-4 and beyond `precision` digits. */
export function layout(value: number, precision: number, shortest = false): string {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0`;
  const scientific = shortest
    ? Math.abs(value).toExponential()
    : Math.abs(value).toExponential(precision - 1);
  const [mantissa = '', power = ''] = scientific.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= precision) {
    const rest = digits.slice(1) || '0';
    return `${sign}${digits[0]}.${rest}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}
