// The work: counting primes, in ranges that are done one by one.

export const LARGEST = 5_000_000;
export const STEPS = 20;

export interface Range {
  from: number;
  to: number;
}

export interface Job {
  type: 'job';
  job: string;
  limit: number;
}

/** What task workers get: a job of a client's, or a range. */
export type Work = (Job & { fd: number }) | (Range & { type: 'range' });

/** What comes of a job. */
export interface Result {
  fd: number;
  job: string;
  primes: number;
}

/** Cuts the numbers from 2 to a limit into ranges. */
export function ranges(limit: number, count: number): Range[] {
  const ranges: Range[] = [];
  const size = Math.max(1, Math.ceil((limit - 1) / count));
  for (let from = 2; from <= limit; from += size) {
    ranges.push({ from, to: Math.min(limit, from + size - 1) });
  }
  return ranges;
}

/** The same as four tasks. */
export function shares(limit: number): Work[] {
  return ranges(limit, 4).map((range) => ({ type: 'range', ...range }));
}

/** How many primes there are in a range. Keeps a processor busy, and nothing else runs meanwhile. */
export function count_primes(from: number, to: number): number {
  let count = 0;
  for (let n = from; n <= to; n++) {
    if (is_prime(n)) {
      count++;
    }
  }
  return count;
}

function is_prime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) {
    if (n % divisor === 0) {
      return false;
    }
  }
  return true;
}

/** What a client asks for: `{"job": "a", "limit": 100000}`; null for anything else. */
export function read_job(data: string | Buffer): Job | null {
  const { job, limit } = parse(String(data)) ?? {};
  if (typeof job !== 'string' || job.length > 100 || !is_limit(limit)) {
    return null;
  }
  return { type: 'job', job, limit };
}

export function is_limit(limit: unknown): limit is number {
  return Number.isInteger(limit) && (limit as number) >= 2 && (limit as number) <= LARGEST;
}

export function array_sum(values: unknown[]): number {
  return values.reduce<number>((sum, value) => sum + Number(value), 0);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
