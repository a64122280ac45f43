import type { Row } from './rows';

/** Rows kept in the DOM beyond what is visible, above and below. */
const OVERSCAN = 6;

/** How close to the end of what is loaded one may come before older rows are read. */
const NEAR_END_ROWS = 60;

export interface Slot {
  key: number;
  row: Row;
  /** From the top. */
  position: number;
  /** The clock, for a row that runs; the same value for all others, so that they are not drawn again. */
  now: number;
}

export interface ListSource {
  /** Those that match, oldest first. */
  matches: readonly Row[];
  now: number;
  older: () => void;
}

/**
 * What of the list is on the screen. A slot is an element that shows another row when the list is scrolled. As long as a
 * row is in view it keeps its element, whatever comes above or behind it: elements move instead of being filled anew,
 * and what is clicked on is what was pointed at.
 */
export class ListView {
  selected = $state<string | undefined>();
  /** Whether the newest row is kept in view. */
  following = $state(true);
  private size = $state.raw({ rowHeight: 30, height: 600 });
  private top = $state(0);
  private scroller: HTMLElement | undefined;
  /** Which element shows which row. */
  private keys = new Map<string, number>();
  /** The newest row when the list was last at its top. */
  private seen = $state<string | undefined>();

  constructor(private readonly source: ListSource) {}

  readonly count = $derived.by(() => this.source.matches.length);

  /** How many rows came in above while the list was not followed. */
  readonly unseen = $derived.by(() => (this.following ? 0 : rowsAbove(this.source.matches, this.seen)));

  readonly slots = $derived.by((): Slot[] => {
    const { matches, now } = this.source;
    const { rowHeight, height } = this.size;
    const window = Math.ceil(height / rowHeight) + 2 * OVERSCAN + 1;
    const first = Math.max(0, Math.min(Math.floor(this.top / rowHeight) - OVERSCAN, matches.length - window));
    const shown: Row[] = [];
    for (let position = first; position < Math.min(first + window, matches.length); position++)
      shown.push(matches[matches.length - 1 - position]!);
    this.keys = keysOf(shown, this.keys);
    return shown.map((row, i) => ({
      key: this.keys.get(row.id)!,
      row,
      position: first + i,
      now: row.outcome === 'running' ? now : 0,
    }));
  });

  attach(scroller: HTMLElement): void {
    this.scroller = scroller;
  }

  show(size: { rowHeight: number; height: number }): void {
    this.size = size;
  }

  scrolled(): void {
    const scroller = this.scroller!;
    this.top = scroller.scrollTop;
    const { rowHeight, height } = this.size;
    if (this.top > rowHeight && this.following) this.setFollowing(false);
    if (this.top === 0 && !this.following && this.selected === undefined) this.setFollowing(true);
    this.noteSeen(scroller);
    if (this.top + height > (this.count - NEAR_END_ROWS) * rowHeight) this.source.older();
  }

  /** The list changed: what is looked at stays where it is, unless the newest are followed. */
  changed(newestBefore: string | undefined): void {
    const scroller = this.scroller;
    if (!scroller) return;
    if (this.following) scroller.scrollTop = 0;
    else scroller.scrollTop += rowsAbove(this.source.matches, newestBefore) * this.size.rowHeight;
    this.top = scroller.scrollTop;
    this.noteSeen(scroller);
  }

  /** Whoever is at the top has seen the newest, also where a row that is open keeps the list from following. */
  private noteSeen(scroller: HTMLElement): void {
    if (scroller.scrollTop === 0) this.seen = this.source.matches.at(-1)?.id;
  }

  setFollowing(value: boolean): void {
    this.following = value;
    this.seen = this.source.matches.at(-1)?.id;
    if (value && this.scroller) {
      this.scroller.scrollTop = 0;
      this.top = 0;
    }
  }

  select(id: string | undefined): void {
    this.selected = id;
    if (id !== undefined && this.following) this.setFollowing(false);
    this.reveal();
  }

  /** The row that is so many below the selected one, or the first. */
  neighbour(by: number): Row | undefined {
    const { matches } = this.source;
    const last = matches.length - 1;
    const age = matches.findLastIndex((row) => row.id === this.selected);
    if (age < 0) return matches[last - Math.floor(this.top / this.size.rowHeight)] ?? matches[last];
    return matches[Math.max(0, Math.min(last, age - by))];
  }

  /** The next one below the selected one that is so; begins again at the top. */
  find(wanted: (row: Row) => boolean, by: 1 | -1 = 1): Row | undefined {
    const { matches } = this.source;
    const start = matches.findLastIndex((row) => row.id === this.selected);
    for (let i = 1; i <= matches.length; i++) {
      const age = ((((start < 0 ? 0 : start) - by * i) % matches.length) + matches.length) % matches.length;
      if (wanted(matches[age]!)) return matches[age];
    }
    return undefined;
  }

  get pageRows(): number {
    return Math.max(1, Math.floor(this.size.height / this.size.rowHeight) - 1);
  }

  private reveal(): void {
    const { matches } = this.source;
    const age = matches.findLastIndex((row) => row.id === this.selected);
    const scroller = this.scroller;
    if (age < 0 || !scroller) return;
    const { rowHeight, height } = this.size;
    const top = (matches.length - 1 - age) * rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scroller.scrollTop + height) scroller.scrollTop = top + rowHeight - height;
  }
}

/** Rows keep the keys they had; others take those that are free, the lowest first. */
function keysOf(shown: readonly Row[], before: ReadonlyMap<string, number>): Map<string, number> {
  const keys = new Map<string, number>();
  for (const { id } of shown) {
    const key = before.get(id);
    if (key !== undefined) keys.set(id, key);
  }
  const used = new Set(keys.values());
  let free = 0;
  for (const { id } of shown) {
    if (keys.has(id)) continue;
    while (used.has(free)) free++;
    keys.set(id, free++);
  }
  return keys;
}

/** How many rows are newer than this one; none where it is not in the list. */
function rowsAbove(matches: readonly Row[], id: string | undefined): number {
  if (id === undefined) return 0;
  const age = matches.findLastIndex((row) => row.id === id);
  return age < 0 ? 0 : matches.length - 1 - age;
}
