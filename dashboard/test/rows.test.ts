import { describe, expect, it } from 'vitest';
import { Rows, type Row } from '../src/requests/rows';

function row(at: number, more: Partial<Row> = {}): Row {
  const id = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`;
  return {
    id,
    at,
    outcome: 'completed',
    kind: 'main',
    method: 'POST',
    path: '/',
    agent: 'main',
    toolCount: 0,
    reqBytes: 0,
    resBytes: 0,
    ...more,
  };
}

const times = (rows: Rows) => rows.all.map((each) => each.at);

describe('rows', () => {
  it('stand in the order of time, whichever way they come', () => {
    const rows = new Rows();
    for (const at of [3, 1, 2, 5, 4]) rows.put(row(at));
    rows.putOlder([row(0), row(-1)]);
    expect(times(rows)).toEqual([-1, 0, 1, 2, 3, 4, 5]);
  });

  it('of the same moment stand in the order of their ids', () => {
    const rows = new Rows();
    rows.put(row(1, { id: 'b' }));
    rows.put(row(1, { id: 'a' }));
    expect(rows.all.map((each) => each.id)).toEqual(['a', 'b']);
  });

  it('become what has become of them, and never the older news', () => {
    const rows = new Rows();
    rows.put(row(1, { outcome: 'running' }));
    expect(rows.put(row(1))).toBe(true);
    expect(rows.put(row(1, { outcome: 'running' }))).toBe(false);
    expect(rows.all).toHaveLength(1);
    expect(rows.all[0]!.outcome).toBe('completed');
  });

  it('are not doubled by a page that overlaps', () => {
    const rows = new Rows();
    rows.put(row(5));
    rows.put(row(4));
    rows.putOlder([row(4), row(3)]);
    expect(times(rows)).toEqual([3, 4, 5]);
  });

  it('begin anew with a page, but for what came live since', () => {
    const rows = new Rows();
    for (const at of [1, 2, 3, 9]) rows.put(row(at));
    rows.restart([row(7), row(3)]);
    expect(times(rows)).toEqual([3, 7, 9]);
    rows.restart([]);
    expect(times(rows)).toEqual([]);
  });

  it('are the newest ones when there are too many', () => {
    const rows = new Rows();
    for (let at = 0; at < 20_010; at++) rows.put(row(at));
    expect(rows.all).toHaveLength(20_000);
    expect(rows.all[0]!.at).toBe(10);
    expect(rows.get(row(5).id)).toBeUndefined();
  });
});
