import { untrack } from 'svelte';
import { deletions } from './deletions.svelte';
import type { Filter } from './filter.svelte';
import { live } from './live.svelte';
import { OlderMatches } from './older-matches.svelte';
import type { Row } from './rows';

/** The rows that a filter means: those of the page, and behind them what the proxy finds in the store. */
export class Matches {
  readonly older = new OlderMatches();
  /** Rows say nothing of marks, so only the proxy knows which have them. */
  private readonly elsewhere = $derived.by(() => this.filter.terms.some(asksForMarks));

  constructor(private readonly filter: Filter) {}

  /** Oldest first. */
  readonly rows = $derived.by((): readonly Row[] => {
    const here = this.elsewhere ? [] : this.filter.matches(live.rows.slice());
    const oldest = live.rows[0];
    const found = this.elsewhere || !oldest ? this.older.rows : this.older.rows.filter((row) => row.at < oldest.at);
    const all = found.length === 0 ? here : [...found.toReversed(), ...here];
    return deletions.any ? all.filter((row) => !deletions.hides(row.id)) : all;
  });

  readonly active = $derived.by(() => this.filter.terms.length > 0);

  /** Begins the search of the store when the filter changes; called in an effect. */
  follow(): void {
    const query = this.filter.problem ? '' : this.filter.text.trim();
    if (live.loading) return;
    const { elsewhere } = this;
    untrack(() => this.older.begin(elsewhere || live.more ? query : '', elsewhere ? undefined : live.next));
  }

  /** More rows of what is further back. */
  further(): void {
    if (this.active) this.older.further();
    else void live.loadOlder();
  }
}

const asksForMarks = (term: Filter['terms'][number]) =>
  'field' in term && (term.field === 'tag' || (term.field === 'is' && term.in.includes('starred')));
