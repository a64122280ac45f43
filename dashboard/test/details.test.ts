import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { load } from '../src/detail/details';
import type { ExchangeDetail } from '../src/api/types';

/** What the proxy answers, one after the other: a status or an outcome. */
function answers(...script: (number | string)[]) {
  const asked = vi.fn(() => {
    const next = script.length > 1 ? script.shift()! : script[0]!;
    return Promise.resolve(
      typeof next === 'number'
        ? new Response('{}', { status: next })
        : new Response(JSON.stringify({ summary: { id: 'x', outcome: next } as ExchangeDetail['summary'] })),
    );
  });
  vi.stubGlobal('fetch', asked);
  return asked;
}

/** Reads without waiting for the clock. */
async function read(id: string, outcome: 'running' | 'completed' | undefined) {
  const result = load(id, outcome, new AbortController().signal).then(
    (detail) => detail.summary.outcome,
    (failure: { status: number }) => failure.status,
  );
  await vi.runAllTimersAsync();
  return result;
}

describe('an exchange that the list heard of first', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is asked for until the store has written its beginning', async () => {
    const asked = answers(404, 404, 'running');
    expect(await read('a', 'running')).toBe('running');
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('is asked for until the store has written its end', async () => {
    answers('running', 'completed');
    expect(await read('b', 'completed')).toBe('completed');
  });

  it('is given up when the store never writes it', async () => {
    answers(404);
    expect(await read('c', 'running')).toBe(404);
  });

  it('is not waited for when the list does not have it as running', async () => {
    const asked = answers(404);
    expect(await read('d', undefined)).toBe(404);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
