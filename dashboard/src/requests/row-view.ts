import { exactMoney, money } from '../format/format';
import { isFailed } from '../query/match';
import type { Row } from './rows';

/** Sizes of a context window, for a model whose own the API does not know. */
const WINDOWS = [200_000, 1_000_000];

/** From here on a first token is late; the same as `is:slow`, which counts 10 s, would come too late for a hint. */
const LATE_FIRST_TOKEN_MILLIS = 4_000;

export type Tone = 'running' | 'good' | 'bad' | 'left';

/** What a user does (leaving, cancelling) is no failure. */
export function tone(row: Row): Tone {
  if (row.outcome === 'running') return 'running';
  if (row.outcome === 'client_left' || row.outcome === 'cancelled') return 'left';
  return isFailed(row) ? 'bad' : 'good';
}

/** `client left`, `count tokens`: words of the API for people. */
export const words = (word: string) => word.replaceAll('_', ' ');

export const written = (row: Row) => (row.write5m ?? 0) + (row.write1h ?? 0);

export const isLate = (row: Row) => (row.ttft ?? 0) >= LATE_FIRST_TOKEN_MILLIS;

/** The same as `is:expensive`. */
const EXPENSIVE_USD = 0.5;

export const isExpensive = (row: Row) => (row.cost ?? 0) >= EXPENSIVE_USD;

/** `$0.091`, `≈ $0.091` where it is no exact figure. */
export const costText = (row: Row) => (row.certainty === 'estimated' ? '≈ ' : '') + money(row.cost);

export function costHint(row: Row): string | undefined {
  if (row.cost === undefined) return undefined;
  const wasted = row.wasted ? `, of which ${exactMoney(row.wasted)} in vain` : '';
  return `${exactMoney(row.cost)}, ${row.certainty ?? 'unpriced'}${wasted}`;
}

/** All that is known of the session of a row. */
export const sessionHint = (row: Row) =>
  [row.session, row.project, row.sessionId].filter((text) => text !== undefined).join('\n') || undefined;

export const contextWindow = (row: Row) => row.window ?? WINDOWS.find((size) => (row.ctx ?? 0) <= size) ?? row.ctx ?? 0;

export interface ContextBar {
  /** Percent of the bar up to the end of each part. */
  read: number;
  wrote: number;
  fresh: number;
}

/** What of the context window was read from the cache, written to it, and neither. */
export function contextBar(row: Row): ContextBar | undefined {
  if (row.ctx === undefined) return undefined;
  const share = (count: number) => Math.min(100, (count / contextWindow(row)) * 100);
  const read = row.read ?? 0;
  const wrote = read + written(row);
  return { read: share(read), wrote: share(wrote), fresh: share(wrote + (row.input ?? 0)) };
}

/** The end of the longest bar of a waterfall, in milliseconds: longer ones are as long. */
const WATERFALL_MILLIS = 60_000;

/** Percent of the bar to the first content and to the end; the scale is the same for all rows. */
export function waterfall(row: Row, now: number): { first: number; end: number } {
  const end = row.dur ?? Math.max(0, now - row.at);
  const share = (millis: number) => Math.min(100, (millis / WATERFALL_MILLIS) * 100);
  return { first: share(Math.min(row.ttft ?? row.ttfb ?? end, end)), end: Math.max(1.5, share(end)) };
}

/** What an exchange without a tool call or a text was for. */
export function purpose(row: Row): string {
  switch (row.kind) {
    case 'title':
      return 'session title';
    case 'count_tokens':
      return 'count tokens';
    case 'compaction':
      return 'compaction';
    case 'classifier':
      return 'safety check';
    case 'main':
    case 'subagent':
      return row.outcome === 'running' ? 'waiting for the answer' : words(row.stop ?? row.outcome);
    case 'other':
      return `${row.method} ${row.path}`;
  }
}
