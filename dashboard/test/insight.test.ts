import { describe, expect, it } from 'vitest';
import type { Changes, ChangesBlock, Cost } from '../src/api/types';
import { exactMoney, money } from '../src/format/format';
import { mapOf, partsOf } from '../src/insight/changes';
import { costParts } from '../src/insight/cost';
import { verdictOf } from '../src/insight/verdict';

const block = (change: ChangesBlock['change'], label = change as string): ChangesBlock => ({
  at: `messages[${label}]`,
  kind: 'user',
  label,
  tokens: 10,
  change,
});
const changes = (...kinds: ChangesBlock['change'][]): Changes => ({
  blocks: kinds.map((kind) => block(kind)),
  parameters: [],
});

describe('the map of a prompt', () => {
  it('says that behind the first difference what is the same is paid again', () => {
    const states = mapOf(changes('same', 'same', 'changed', 'same', 'added')).map(({ state }) => state);
    expect(states).toEqual(['prefix', 'prefix', 'changed', 'again', 'added']);
  });

  it('does not take what is added at the end for a difference', () => {
    expect(mapOf(changes('same', 'added', 'same')).map(({ state }) => state)).toEqual(['prefix', 'added', 'prefix']);
  });

  it('ends the prefix where a block was removed', () => {
    expect(mapOf(changes('removed', 'same')).map(({ state }) => state)).toEqual(['removed', 'again']);
  });

  it('joins neighbours of one state when there are too many, and loses no token', () => {
    const many = mapOf({ blocks: Array.from({ length: 2_000 }, (_, i) => block('same', String(i))), parameters: [] });
    const parts = partsOf(many);
    expect(parts.length).toBeLessThanOrEqual(160);
    expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBe(20_000);
    expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(2_000);
  });
});

describe('the parts of a cost', () => {
  const line = (what: string, quantity: number, usd: number): Cost['lines'][number] => ({
    what,
    quantity,
    per: 1_000_000,
    rate: 1,
    factor: 1,
    usd,
  });

  it('puts both kinds of writes together, and what is no token behind the rest', () => {
    const parts = costParts({
      usd: 10,
      certainty: 'exact',
      why: [],
      lines: [
        line('web searches', 2, 3),
        line('tokens written to the cache for 5 minutes', 100, 1),
        line('tokens written to the cache for 1 hour', 50, 4),
        line('output tokens', 7, 2),
      ],
    });
    expect(parts.map(({ name, usd, quantity }) => [name, usd, quantity])).toEqual([
      ['Written to cache', 5, 150],
      ['Output', 2, 7],
      ['web searches', 3, 2],
    ]);
  });
});

describe('money', () => {
  it('is short in a column', () => {
    expect([0, 0.0002, 0.0912, 0.9996, 3.816, 1314.2, undefined].map(money)).toEqual([
      '$0',
      '<$0.001',
      '$0.091',
      '$1.00',
      '$3.82',
      '$1,314',
      '–',
    ]);
  });

  it('is exact in the arithmetic, without noise of floating point', () => {
    expect(exactMoney(0.1 + 0.2)).toBe('$0.3');
    expect(exactMoney(0.000012)).toBe('$0.000012');
  });
});

describe('the verdict on the cache', () => {
  it('says when a cause was only inferred', () => {
    const lost = { state: 'break', certain: false, cause: 'server_miss', expectedTokens: 9, lostTokens: 9 } as const;
    expect(verdictOf(lost).text).toContain('Inferred');
    expect(verdictOf({ ...lost, certain: true, cause: 'tools_changed' }).text).not.toContain('Inferred');
  });

  it('takes only a break for one', () => {
    for (const state of ['hit', 'first', 'none'] as const)
      expect(verdictOf({ state, certain: true, expectedTokens: 0, lostTokens: 0 }).broken).toBe(false);
  });
});
