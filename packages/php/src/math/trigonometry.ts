import { toFloat } from '../value/convert.js';

export const sin = (num: unknown): number => Math.sin(toFloat(num));
export const cos = (num: unknown): number => Math.cos(toFloat(num));
export const tan = (num: unknown): number => Math.tan(toFloat(num));
export const asin = (num: unknown): number => Math.asin(toFloat(num));
export const acos = (num: unknown): number => Math.acos(toFloat(num));
export const atan = (num: unknown): number => Math.atan(toFloat(num));
export const atan2 = (y: unknown, x: unknown): number => Math.atan2(toFloat(y), toFloat(x));
export const sinh = (num: unknown): number => Math.sinh(toFloat(num));
export const cosh = (num: unknown): number => Math.cosh(toFloat(num));
export const tanh = (num: unknown): number => Math.tanh(toFloat(num));
export const asinh = (num: unknown): number => Math.asinh(toFloat(num));
export const acosh = (num: unknown): number => Math.acosh(toFloat(num));
export const atanh = (num: unknown): number => Math.atanh(toFloat(num));
