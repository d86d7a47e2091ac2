/** A float with so many digits behind the point. A tie goes to the even digit, as in C: 0.5 with none is 0, 0.25 with one is 0.2. */
export function fixed(value: number, digits: number): string {
  const places = Math.min(digits, 53);
  if (Math.abs(value) >= 1e21) return BigInt(value) + (places > 0 ? `.${'0'.repeat(places)}` : '');
  const text = value.toFixed(places);
  if (!isTie(value, places)) return text;
  // JavaScript takes the one farther from zero.
  if (Number(text.at(-1)) % 2 === 0) return text;
  const digitsOnly = BigInt(text.replace(/[-.]/g, '')) - 1n;
  return (value < 0 ? '-' : '') + point(digitsOnly.toString(), places);
}

function isTie(value: number, places: number): boolean {
  const exact = value.toFixed(Math.min(100, places + 47));
  const from = exact.length - Math.min(100, places + 47) + places;
  return /^50*$/.test(exact.slice(from));
}

function point(digits: string, places: number): string {
  if (places === 0) return digits;
  const padded = digits.padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}
