import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../src/api/types';
import type { Moment } from '../src/query/condition';
import { matcher } from '../src/query/match';
import { parse } from '../src/query/parse';

/** The table that the server's own tests read. */
const table = JSON.parse(readFileSync('../src/test/resources/query-cases.json', 'utf8')) as {
  now: string;
  zone: string;
  rows: ExchangeSummary[];
  parsing: { q: string; terms?: unknown[]; problem?: { reason: string; position: number; length: number } }[];
  matching: { q: string; rows: number[] }[];
};

const utc: Moment = {
  now: Date.parse(table.now),
  local: (year, month, ...rest) => Date.UTC(year, month - 1, ...rest),
  date: (at) => {
    const date = new Date(at);
    return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  },
};

describe('the query language is the server’s', () => {
  it('is read in UTC here, as the table says', () => expect(table.zone).toBe('UTC'));

  it.each(table.parsing)('reads $q', ({ q, terms, problem }) => {
    const parsed = parse(q, utc);
    if (problem) {
      expect(parsed.problem).toMatchObject(problem);
      expect(parsed.problem?.fix).not.toBe('');
    } else {
      expect(parsed.terms).toEqual(terms);
    }
  });

  it.each(table.matching)('finds by $q', ({ q, rows }) => {
    const fits = matcher(parse(q, utc).terms ?? []);
    const found = table.rows.flatMap((row, i) => (fits(row) ? [i + 1] : []));
    expect(found).toEqual(rows);
  });
});
