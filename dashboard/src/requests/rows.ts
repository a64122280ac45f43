import type { ExchangeSummary } from '../api/types';

export type Row = ExchangeSummary;

/** Rows in the page; older ones are dropped and read again when somebody scrolls to them. */
const MOST_ROWS = 20_000;

/**
 * The exchanges in the page, oldest first, in a plain array: a change costs a look-up, not a reactive object. The place
 * of a row from the old end (its age) stays the same while newer ones are added.
 */
export class Rows {
  private list: Row[] = [];
  private readonly byId = new Map<string, Row>();

  get all(): readonly Row[] {
    return this.list;
  }

  get(id: string): Row | undefined {
    return this.byId.get(id);
  }

  /** Adds a row or what has become of it; false when it is older news than what is here. */
  put(row: Row): boolean {
    const known = this.byId.get(row.id);
    // A page that was read before the end of an exchange may arrive after the news of it.
    if (known && known.outcome !== 'running' && row.outcome === 'running') return false;
    this.byId.set(row.id, row);
    const place = this.place(row);
    if (known) this.list[place] = row;
    else this.list.splice(place, 0, row);
    if (this.list.length > MOST_ROWS) this.byId.delete(this.list.shift()!.id);
    return true;
  }

  /** Adds a page of the list, newest first, that is older than everything here. */
  putOlder(page: readonly Row[]): void {
    const fresh = page.filter((row) => !this.byId.has(row.id)).reverse();
    for (const row of fresh) this.byId.set(row.id, row);
    this.list = [...fresh, ...this.list];
  }

  /**
   * Begins anew with the first page of the list. Newer rows than its first came live and stay; whatever else it does not
   * have is gone or lies behind it.
   */
  restart(page: readonly Row[]): void {
    const first = page[0];
    const newer = first ? this.list.filter((row) => isNewer(row, first)) : [];
    this.list = [...page].reverse().map((row) => this.later(row));
    this.list.push(...newer);
    this.byId.clear();
    for (const row of this.list) this.byId.set(row.id, row);
  }

  isFull(): boolean {
    return this.list.length >= MOST_ROWS;
  }

  private later(row: Row): Row {
    const known = this.byId.get(row.id);
    return known && known.outcome !== 'running' ? known : row;
  }

  private place(row: Row): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isNewer(row, this.list[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Lists sort by time, then id. */
function isNewer(row: Row, other: Row): boolean {
  return row.at > other.at || (row.at === other.at && row.id > other.id);
}
