import { describe, expect, it } from 'vitest';
import type { Sums, Usage } from '../src/api/types';
import { cacheLayers, columns, modelColour, roundUp, spendLayers } from '../src/insights/charts';

const sums = (usd: number, read = 0): Sums => ({
  n: 1,
  errors: 0,
  input: 1,
  read,
  write: 2,
  out: 3,
  cost: { exact: usd, estimated: 0, unpriced: 0 },
  breaks: 0,
  lost: 0,
  saved: 0,
  wasted: 0,
});
const usage = {
  x: [0, 10, 20],
  series: [
    {
      key: 'claude-opus-5-5',
      total: sums(3),
      values: [
        { at: 0, sums: sums(1, 10) },
        { at: 20, sums: sums(2, 20) },
      ],
    },
    { key: '', total: sums(4), values: [{ at: 0, sums: sums(4, 5) }] },
  ],
} as unknown as Usage;

describe('charts', () => {
  it('stack the layers of a stretch, and tell a gap from zero', () => {
    const bars = columns(
      spendLayers(usage, (model) => model),
      3,
    );
    expect(bars.map((bar) => [bar.known, bar.total])).toEqual([
      [true, 5],
      [false, 0],
      [true, 2],
    ]);
    expect(bars[0]!.parts.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 5],
    ]);
  });

  it('add up the models by what the cache did', () => {
    expect(cacheLayers(usage).map((layer) => layer.values)).toEqual([
      [15, undefined, 20],
      [4, undefined, 2],
      [2, undefined, 1],
    ]);
  });

  it('end their scale at a round number', () => {
    expect([0, 0.0042, 1, 13, 24, 99].map(roundUp)).toEqual([1, 0.005, 1, 20, 25, 100]);
  });

  it('give a model the same colour everywhere', () => {
    expect(modelColour('claude-opus-5-5')).toBe('var(--model-opus)');
    expect(modelColour('gpt-6-sol')).toBe(modelColour('gpt-6-sol'));
  });
});
