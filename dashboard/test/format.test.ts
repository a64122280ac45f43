import { describe, expect, it } from 'vitest';
import { bytes, counted, day, duration, elapsed, percent, tokens } from '../src/format/format';
import { family, shortModel } from '../src/format/model';

describe('numbers have units and three digits or so', () => {
  it.each([
    [undefined, '–'],
    [0, '0 ms'],
    [0.38, '0.38 ms'],
    [9.96, '10 ms'],
    [289, '289 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [3_590, '3.59 s'],
    [9_996, '10.0 s'],
    [33_900, '33.9 s'],
    [59_960, '1m 00s'],
    [74_000, '1m 14s'],
    [7_500_000, '2h 05m'],
  ])('a duration of %s', (millis, text) => expect(duration(millis)).toBe(text));

  it.each([
    [undefined, '–'],
    [0, '0'],
    [999, '999'],
    [1_740, '1.7k'],
    [9_960, '10k'],
    [739_000, '739k'],
    [999_600, '1.00M'],
    [1_000_000, '1.00M'],
  ])('a count of %s tokens', (count, text) => expect(tokens(count)).toBe(text));

  it.each([
    [1, '1 byte'],
    [812, '812 bytes'],
    [64_200, '64.2 KB'],
    [999_990, '1 MB'],
    [5_000_000, '5 MB'],
    [2_100_000_000, '2.1 GB'],
  ])('%s bytes', (count, text) => expect(bytes(count)).toBe(text));

  it('shares, counts and growing spans', () => {
    expect(percent(0.729)).toBe('72.9%');
    expect(percent(1)).toBe('100%');
    expect(counted(1, 'message')).toBe('1 message');
    expect(counted(2_000, 'message')).toBe('2,000 messages');
    expect(elapsed(59_999)).toBe('59s');
    expect(elapsed(65_000)).toBe('1m 05s');
    expect(elapsed(-5)).toBe('0s');
  });

  it('days are named only when they are not today', () => {
    const now = new Date(2026, 10, 24, 12).getTime();
    expect(day(now - 3_600_000, now)).toBe('');
    expect(day(now - 86_400_000, now)).toBe('yesterday');
    expect(day(now - 3 * 86_400_000, now)).toBe('Sat 21 Nov');
  });
});

describe('models', () => {
  it.each([
    ['claude-opus-5-5', 'opus 5.5'],
    ['claude-sonnet-5', 'sonnet 5'],
    ['claude-haiku-4-5-20251001', 'haiku 4.5'],
    ['claude-3-5-haiku-20241022', 'haiku 3.5'],
    ['claude-3-opus-latest', 'opus 3'],
    ['gpt-4o', 'gpt-4o'],
    ['', ''],
  ])('%s is short', (name, short) => expect(shortModel(name)).toBe(short));

  it('have families', () => {
    expect(family('claude-opus-5-5')).toBe('opus');
    expect(family('gpt-4o')).toBe('other');
    expect(family(undefined)).toBe('other');
  });
});
