import type { ExchangeSummary } from '../api/types';

/** What a compaction made of the context of the agent that was compacted. */
export interface Compaction {
  /** Input tokens of the last request before it, and of the first behind it; undefined where there is none. */
  before: number | undefined;
  after: number | undefined;
}

/** Compactions by the exchange that made them. Exchanges come oldest first. */
export function compactions(exchanges: readonly ExchangeSummary[]): Map<string, Compaction> {
  const found = new Map<string, Compaction>();
  const last = new Map<string, number>();
  const open = new Map<string, Compaction>();
  for (const exchange of exchanges) {
    const agent = exchange.agentId ?? exchange.agent;
    if (exchange.kind === 'compaction') {
      const compaction: Compaction = { before: last.get(agent) ?? exchange.ctx, after: undefined };
      found.set(exchange.id, compaction);
      open.set(agent, compaction);
    } else if (exchange.ctx !== undefined) {
      const compaction = open.get(agent);
      if (compaction) compaction.after = exchange.ctx;
      open.delete(agent);
      last.set(agent, exchange.ctx);
    }
  }
  return found;
}
