import { isFailed } from '../query/match';
import type { Row } from './rows';

export interface Bucket {
  from: number;
  count: number;
  /** USD. */
  cost: number;
  /** USD, part of the cost. */
  wasted: number;
  errors: number;
}

export interface Overview {
  from: number;
  /** Milliseconds of a bucket. */
  step: number;
  buckets: Bucket[];
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400].map(
  (seconds) => seconds * 1_000,
);

/** What the rows cost over time, in at most so many buckets of a round length. Rows come oldest first. */
export function overview(rows: readonly Row[], most: number): Overview | undefined {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last || most < 1) return undefined;
  const span = last.at - first.at + 1;
  const step = STEPS.find((candidate) => span / candidate <= most - 1) ?? Math.ceil(span / (most - 1));
  const from = Math.floor(first.at / step) * step;
  const buckets: Bucket[] = [];
  for (let at = from; at <= last.at; at += step) buckets.push({ from: at, count: 0, cost: 0, wasted: 0, errors: 0 });
  for (const row of rows) {
    const bucket = buckets[Math.floor((row.at - from) / step)]!;
    bucket.count++;
    bucket.cost += row.cost ?? 0;
    bucket.wasted += row.wasted ?? 0;
    if (isFailed(row)) bucket.errors++;
  }
  return { from, step, buckets };
}
