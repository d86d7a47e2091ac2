/** The middle value; the mean of the two middle ones for an even count. Null for none. */
export const median = (values) => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

export const least = (values) => (values.length === 0 ? null : Math.min(...values));
export const most = (values) => (values.length === 0 ? null : Math.max(...values));

/** True when the load had no more to give and the server had: the figure is a lower bound. */
const limitedByLoad = ({ server, generator }) => generator >= 0.9 && generator - server >= 0.1;

const SHARES = ['server', 'generator', 'others', 'stolen'];

/**
 * What the rounds of one cell come to.
 * @param runs what runCell gave, one a round
 */
export const summarise = (runs) => {
  const values = runs.map((run) => run.value);
  const cell = { median: median(values), min: least(values), max: most(values), values };
  for (const share of SHARES)
    cell[share] = median(runs.map((run) => run[share]).filter((value) => value !== null));
  // Work done for a second of the server's CPU: what it could do if the load were never the limit.
  cell.perCpuSecond = runs.map((run) => run.value / run.server);
  cell.worstOthers = most(runs.map((run) => run.others).filter((value) => value !== null));
  cell.limitedByLoad = limitedByLoad(cell);
  return cell;
};

/**
 * One system against another: the median of the rounds' own ratios, since a round's two runs are neighbours in time and
 * drift cancels out. Where the load was the limit of either, what is compared is the work for a second of the server's CPU.
 */
export const ratioOf = (cell, other) => {
  if (!cell || !other) return null;
  const work = cell.limitedByLoad || other.limitedByLoad ? 'perCpuSecond' : 'values';
  const rounds = Math.min(cell[work].length, other[work].length);
  const ratios = Array.from({ length: rounds }, (_, i) => cell[work][i] / other[work][i]);
  return { median: median(ratios), min: least(ratios), max: most(ratios) };
};
