import { api, ApiFailure, isAborted } from '../api/http';
import type { Row } from './rows';

const PAGE = 200;
/** A query that finds less goes on looking by itself. */
const ENOUGH_ROWS = 60;
/** While somebody types nothing is asked. */
const SETTLE_MILLIS = 250;

/** What a filter finds in the store beyond the rows of the page: the proxy looks, not the page. */
export class OlderMatches {
  /** Newest first. */
  rows = $state.raw<readonly Row[]>([]);
  searching = $state(false);
  more = $state(false);
  failure = $state('');
  private query = '';
  private next: string | undefined;
  private abort: AbortController | undefined;

  /** Begins anew, behind this place of the list or at its newest end. */
  begin(query: string, cursor: string | undefined): void {
    this.abort?.abort();
    this.abort = new AbortController();
    this.rows = [];
    this.failure = '';
    this.query = query;
    this.next = cursor;
    this.more = query !== '';
    this.searching = false;
    if (query === '') return;
    const { signal } = this.abort;
    this.searching = true;
    setTimeout(() => void this.look(signal, ENOUGH_ROWS), SETTLE_MILLIS);
  }

  /** Looks for the next page of them, unless it is looking. */
  further(): void {
    if (this.searching || !this.more || !this.abort) return;
    this.searching = true;
    void this.look(this.abort.signal, this.rows.length + ENOUGH_ROWS);
  }

  stop(): void {
    this.abort?.abort();
  }

  private async look(signal: AbortSignal, wanted: number): Promise<void> {
    try {
      while (this.more && this.rows.length < wanted && !signal.aborted) {
        const page = await api.exchanges({ limit: PAGE, cursor: this.next, q: this.query, signal });
        if (signal.aborted) return;
        this.rows = [...this.rows, ...page.items];
        this.next = page.next;
        this.more = page.more;
      }
    } catch (problem) {
      if (isAborted(problem)) return;
      this.failure = problem instanceof ApiFailure ? problem.message : String(problem);
      this.more = false;
    }
    if (!signal.aborted) this.searching = false;
  }
}
