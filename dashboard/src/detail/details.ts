import { api, ApiFailure } from '../api/http';
import type { ExchangeDetail, Outcome } from '../api/types';

const KEPT = 40;

/** Walking with J and K passes many rows; only one that is stayed on is asked for. */
const SETTLE_MILLIS = 40;

/** The list hears of an exchange before the store has written it; this long is it asked for again. */
const STORED_TRIES = 40;
const STORED_PAUSE_MILLIS = 250;

const kept = new Map<string, ExchangeDetail>();

/** An exchange that has ended stays as it is, so the last ones are kept. */
export function known(id: string): ExchangeDetail | undefined {
  const detail = kept.get(id);
  if (detail) {
    kept.delete(id);
    kept.set(id, detail);
  }
  return detail;
}

/** Reads an exchange that is at least as far as the list knows it to be: `outcome`, if it is in the list. */
/** It was changed: read it anew the next time. */
export const forget = (id: string) => kept.delete(id);

export async function load(id: string, outcome: Outcome | undefined, signal: AbortSignal): Promise<ExchangeDetail> {
  const ready = known(id);
  if (ready) return ready;
  await pause(SETTLE_MILLIS, signal);
  const detail = await stored(id, outcome, signal);
  if (detail.summary.outcome !== 'running') {
    kept.set(id, detail);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  }
  return detail;
}

async function stored(id: string, outcome: Outcome | undefined, signal: AbortSignal): Promise<ExchangeDetail> {
  for (let tries = 1; ; tries++) {
    try {
      const detail = await api.exchange(id, signal);
      const behind = detail.summary.outcome === 'running' && outcome !== undefined && outcome !== 'running';
      if (!behind || tries >= STORED_TRIES) return detail;
    } catch (problem) {
      const missing = problem instanceof ApiFailure && problem.status === 404;
      if (!missing || outcome !== 'running' || tries >= STORED_TRIES) throw problem;
    }
    await pause(STORED_PAUSE_MILLIS, signal);
  }
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, millis);
    signal.addEventListener('abort', stop, { once: true });
  });
}
