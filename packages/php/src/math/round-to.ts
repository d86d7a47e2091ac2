import {
  PHP_ROUND_HALF_DOWN,
  PHP_ROUND_HALF_EVEN,
  PHP_ROUND_HALF_ODD,
  PHP_ROUND_HALF_UP,
} from './round-modes.js';

/** Rounds to so many decimal places as PHP 8.2 does: the value is taken to its 15 significant digits first. */
export function roundTo(value: number, places: number, mode = PHP_ROUND_HALF_UP): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const factor = 10 ** Math.abs(places);
  const known = 14 - Math.floor(Math.log10(Math.abs(value)));
  let scaled: number;
  if (known > places && known - 15 < places) {
    const first = Math.max(-60, Math.min(60, known));
    scaled = half(first >= 0 ? value * 10 ** first : value / 10 ** -first, mode);
    scaled /= 10 ** Math.min(60, Math.abs(places - first));
  } else {
    scaled = places >= 0 ? value * factor : value / factor;
    if (Math.abs(scaled) >= 1e15) return value;
  }
  if (Math.abs(scaled) >= 1e15) return value;
  const rounded = half(scaled, mode);
  if (Math.abs(places) < 23) return places > 0 ? rounded / factor : rounded * factor;
  return Number(`${rounded}e${-places}`);
}

function half(value: number, mode: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  if (mode === PHP_ROUND_HALF_EVEN) return down % 2 === 0 ? down : down + 1;
  if (mode === PHP_ROUND_HALF_ODD) return down % 2 === 0 ? down + 1 : down;
  return mode === PHP_ROUND_HALF_DOWN ? Math.ceil(value) - (value > 0 ? 1 : 0) : value > 0 ? down + 1 : down;
}
