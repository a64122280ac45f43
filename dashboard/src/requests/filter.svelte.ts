import { navigate, route, withQuery } from '../app/router.svelte';
import { matcher } from '../query/match';
import { parse } from '../query/parse';
import { localMoment } from '../query/times';
import type { Row } from './rows';

/** The filter stands in the address, so that a filtered list can be linked. */
export class Filter {
  readonly text = $derived.by(() => route.query.get('q') ?? '');
  private readonly parsed = $derived.by(() => parse(this.text, localMoment()));
  readonly problem = $derived.by(() => this.parsed.problem);
  /** The last terms that were understood keep holding while somebody types. */
  readonly terms = $derived.by(() => this.parsed.terms ?? []);
  private readonly fits = $derived.by(() => matcher(this.terms));

  set(text: string): void {
    navigate(withQuery({ q: text.trim() ? text : undefined }), true);
  }

  /** Adds a term, or takes it away again. */
  toggle(term: string): void {
    const words = this.text.split(' ').filter((word) => word !== '');
    const rest = words.filter((word) => word !== term);
    this.set((rest.length < words.length ? rest : [...words, term]).join(' '));
  }

  has(term: string): boolean {
    return this.text.split(' ').includes(term);
  }

  matches(rows: readonly Row[]): readonly Row[] {
    return this.terms.length === 0 ? rows : rows.filter(this.fits);
  }
}
