import { describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../src/api/types';
import { compactions } from '../src/sessions/compaction';
import { scaleOf, stretches } from '../src/sessions/lanes';
import { ago, projectName, spent, spentHint } from '../src/sessions/words';

const exchange = (at: number, dur: number) => ({ id: String(at), at, dur }) as ExchangeSummary;

describe('the lanes of a session', () => {
  it('stand on a scale of time', () => {
    const all = [exchange(1_000, 1_000), exchange(3_000, 2_000)];
    const scale = scaleOf(all);
    expect(stretches(all, scale).map(({ left, width }) => [left, width])).toEqual([
      [0, 0.25],
      [0.5, 0.5],
    ]);
    expect(scale.cut).toBe(0);
  });

  it('cut long pauses short, and keep their order', () => {
    const hour = 3_600_000;
    const all = [exchange(0, 60_000), exchange(hour, 60_000), exchange(9 * hour, 60_000)];
    const scale = scaleOf(all);
    expect(scale.cut).toBe(2);
    const lefts = stretches(all, scale).map(({ left }) => left);
    expect(lefts[0]).toBe(0);
    expect(lefts[1]).toBeGreaterThan(0.4);
    expect(lefts[2]).toBeGreaterThan(lefts[1]!);
    expect(lefts[2]).toBeLessThan(1);
  });

  it('do not take a long answer for a pause', () => {
    const all = [exchange(0, 3_600_000), exchange(3_600_000, 1_000)];
    expect(scaleOf(all).cut).toBe(0);
  });

  it('of nothing are nothing', () => expect(stretches([], scaleOf([]))).toEqual([]));
});

describe('words of a session', () => {
  it('name the project by the end of its folder', () => {
    expect(projectName('/home/alice/shop/')).toBe('shop');
    expect(projectName('C:\\work\\shop')).toBe('shop');
    expect(projectName(undefined)).toBe('');
  });

  it('say when a cost is no exact figure, and keep the kinds apart', () => {
    expect(spent({ exact: 1.5, estimated: 0, unpriced: 0 })).toBe('$1.50');
    expect(spent({ exact: 1, estimated: 0.5, unpriced: 2 })).toBe('≈ $1.50');
    expect(spentHint({ exact: 1, estimated: 0.5, unpriced: 2 })).toBe('$1 exact, $0.5 estimated, 2 unpriced');
  });

  it('tell how long ago something was', () => {
    const now = 1_000_000_000;
    expect([1, 30, 90, 7_300, 200_000].map((seconds) => ago(now - seconds * 1_000, now))).toEqual([
      'now',
      '30s ago',
      '1m ago',
      '2h ago',
      '2d ago',
    ]);
  });
});

describe('compactions', () => {
  const step = (id: string, kind: string, ctx: number | undefined, agentId?: string) =>
    ({ id, kind, ctx, agentId, agent: agentId ? 'subagent' : 'main' }) as ExchangeSummary;

  it('are known with the context before and behind, each of its own agent', () => {
    const found = compactions([
      step('1', 'main', 160_000),
      step('2', 'subagent', 9_000, 'a'),
      step('3', 'compaction', 161_000),
      step('4', 'subagent', 12_000, 'a'),
      step('5', 'main', undefined),
      step('6', 'main', 24_000),
      step('7', 'compaction', 30_000),
    ]);
    expect([...found]).toEqual([
      ['3', { before: 160_000, after: 24_000 }],
      ['7', { before: 24_000, after: undefined }],
    ]);
  });
});
