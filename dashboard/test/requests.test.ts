import { describe, expect, it } from 'vitest';
import { overview } from '../src/requests/overview';
import { contextBar, tone, waterfall } from '../src/requests/row-view';
import type { Row } from '../src/requests/rows';
import { suggestions } from '../src/requests/suggestions';
import { blockPhases, ticks, waitingPhases } from '../src/timing/phases';

const row = (more: Partial<Row>): Row => ({
  id: 'x',
  at: 0,
  outcome: 'completed',
  kind: 'main',
  method: 'POST',
  path: '/v1/messages',
  agent: 'main',
  toolCount: 0,
  reqBytes: 0,
  resBytes: 0,
  ...more,
});

describe('a row', () => {
  it('is good, bad, running or left by its user', () => {
    expect(tone(row({}))).toBe('good');
    expect(tone(row({ outcome: 'running' }))).toBe('running');
    expect(tone(row({ outcome: 'client_left' }))).toBe('left');
    expect(tone(row({ outcome: 'upstream_broke' }))).toBe('bad');
    expect(tone(row({ status: 529, outcome: 'upstream_error' }))).toBe('bad');
  });

  it('shows what of its context came from the cache', () => {
    expect(contextBar(row({ ctx: 100_000, read: 50_000, write5m: 30_000, write1h: 10_000, input: 10_000 }))).toEqual({
      read: 25,
      wrote: 45,
      fresh: 50,
    });
    expect(contextBar(row({ ctx: 500_000, read: 500_000 }))!.read).toBe(50);
    expect(contextBar(row({}))).toBeUndefined();
  });

  it('has its times on the scale of all rows', () => {
    expect(waterfall(row({ ttft: 3_000, dur: 30_000 }), 0)).toEqual({ first: 5, end: 50 });
    expect(waterfall(row({ outcome: 'running', at: 1_000 }), 7_000)).toEqual({ first: 10, end: 10 });
    expect(waterfall(row({ dur: 600_000 }), 0).end).toBe(100);
  });
});

describe('the overview', () => {
  it('puts every row into a bucket of a round length', () => {
    const rows = Array.from({ length: 100 }, (_, i) =>
      row({
        at: 1_000_000 + i * 1_000,
        cost: 0.5,
        wasted: i === 0 ? 0.25 : undefined,
        outcome: i === 99 ? 'refused' : 'completed',
      }),
    );
    const { buckets, step, from } = overview(rows, 60)!;
    expect(step).toBe(2_000);
    expect(from % step).toBe(0);
    expect(buckets.length).toBeLessThanOrEqual(60);
    expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(100);
    expect(buckets.at(-1)!.errors).toBe(1);
    expect(buckets.reduce((sum, bucket) => sum + bucket.cost, 0)).toBe(50);
    expect(buckets[0]!.wasted).toBe(0.25);
  });

  it('of nothing is nothing', () => expect(overview([], 60)).toBeUndefined());
});

describe('suggestions', () => {
  const texts = (text: string, caret = text.length) => suggestions(text, caret).list.map((each) => each.text);

  it('complete the word before the caret', () => {
    expect(texts('mo')).toEqual(['model:']);
    expect(texts('diff -ag')).toEqual(['-agent:']);
    expect(texts('is:')).toEqual(['is:live', 'is:error', 'is:slow', 'is:expensive', 'is:starred']);
    expect(texts('model:opus is:er kind', 16)).toEqual(['is:error']);
    expect(texts('nothing:')).toEqual([]);
  });
});

describe('timing', () => {
  it('has the phases up to the first content', () => {
    const phases = waitingPhases(row({ reqBytes: 1_000 }), { head: 10, firstByte: 12, firstContent: 40, pieces: 3 });
    expect(phases.map((phase) => [phase.start, phase.end])).toEqual([
      [0, 10],
      [10, 12],
      [12, 40],
    ]);
    expect(waitingPhases(row({}), { pieces: 0 })).toEqual([]);
  });

  it('has a phase for each block', () => {
    const event = (t: number, type: string, data: object) => ({ t, type, data: JSON.stringify({ type, ...data }) });
    const phases = blockPhases([
      event(10, 'content_block_start', { index: 0, content_block: { type: 'tool_use', name: 'Bash' } }),
      event(20, 'content_block_delta', { index: 0, delta: { partial_json: '12345' } }),
      event(1_010, 'content_block_stop', { index: 0 }),
      { t: 5, type: 'content_block_delta', data: 'no JSON' },
    ]);
    expect(phases).toMatchObject([{ name: 'Tool call: Bash', start: 10, end: 1_010, aside: '5 characters, 5/s' }]);
  });

  it('has a scale of round numbers', () => {
    expect(ticks(41_300)).toEqual([0, 20_000, 40_000]);
    expect(ticks(0.5).length).toBeGreaterThan(1);
  });
});
