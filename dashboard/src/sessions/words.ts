import type { Money } from '../api/types';
import { exactMoney, money } from '../format/format';

/** The last part of a working directory: what people call the project. */
export const projectName = (directory: string | undefined) =>
  directory
    ?.replace(/[/\\]+$/, '')
    .split(/[/\\]/)
    .at(-1) ?? '';

/** `$1.20`, `≈ $1.20` where a part of it is estimated. */
export function spent(cost: Money): string {
  return (cost.estimated > 0 ? '≈ ' : '') + money(cost.exact + cost.estimated);
}

/** How much of it is sure. */
export function spentHint(cost: Money): string {
  const unpriced = cost.unpriced > 0 ? `, ${cost.unpriced} unpriced` : '';
  return `${exactMoney(cost.exact)} exact, ${exactMoney(cost.estimated)} estimated${unpriced}`;
}

/** `now`, `12s ago`, `3m ago`, `2h ago`, `4d ago`. */
export function ago(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1_000);
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds}s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h ago`;
  return `${Math.floor(seconds / 86_400)}d ago`;
}
