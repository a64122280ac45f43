import { api } from '../api/http';
import type { ExchangeDetail } from '../api/types';

const KEPT = 40;

/** Walking with J and K passes many rows; only one that is stayed on is asked for. */
const SETTLE_MILLIS = 40;

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

/** It was changed: read it anew the next time. */
export const forget = (id: string) => kept.delete(id);

export async function load(id: string, signal: AbortSignal): Promise<ExchangeDetail> {
  const ready = known(id);
  if (ready) return ready;
  await settle(signal);
  const detail = await api.exchange(id, signal);
  if (detail.summary.outcome !== 'running') {
    kept.set(id, detail);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  }
  return detail;
}

function settle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, SETTLE_MILLIS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
