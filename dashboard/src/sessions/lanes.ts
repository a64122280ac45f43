import type { ExchangeSummary } from '../api/types';

/** A pause longer than this is drawn as long as this. */
const LONGEST_PAUSE_MILLIS = 5 * 60_000;

export interface Stretch {
  exchange: ExchangeSummary;
  /** Parts of the whole width. */
  left: number;
  width: number;
}

export interface Scale {
  /** Where a point in time is drawn, 0 to 1. */
  place: (at: number) => number;
  /** How many pauses were cut short. */
  cut: number;
}

const end = (exchange: ExchangeSummary) => exchange.at + (exchange.dur ?? 0);

/** A scale on which long pauses are cut short. Exchanges come oldest first. */
export function scaleOf(exchanges: readonly ExchangeSummary[]): Scale {
  const cuts: { at: number; shift: number }[] = [];
  let until = exchanges[0]?.at ?? 0;
  let shift = 0;
  for (const exchange of exchanges) {
    const pause = exchange.at - until;
    if (pause > LONGEST_PAUSE_MILLIS) {
      shift += pause - LONGEST_PAUSE_MILLIS;
      cuts.push({ at: exchange.at, shift });
    }
    until = Math.max(until, end(exchange));
  }
  const from = exchanges[0]?.at ?? 0;
  const shifted = (at: number) => at - (cuts.findLast((cut) => cut.at <= at)?.shift ?? 0);
  const length = Math.max(1, shifted(until) - from);
  return { place: (at) => (shifted(at) - from) / length, cut: cuts.length };
}

/** The exchanges of a lane as stretches on the scale. */
export function stretches(exchanges: readonly ExchangeSummary[], scale: Scale): Stretch[] {
  return exchanges.map((exchange) => {
    const left = scale.place(exchange.at);
    return { exchange, left, width: Math.max(0, scale.place(end(exchange)) - left) };
  });
}
