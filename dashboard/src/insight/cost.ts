import type { Cost } from '../api/types';

export interface CostPart {
  name: string;
  colour: string;
  usd: number;
  quantity: number;
  unit: string;
}

const NAMES: { begins: string; name: string; colour: string }[] = [
  { begins: 'tokens read from the cache', name: 'Read from cache', colour: 'var(--cache-read)' },
  { begins: 'tokens written to the cache', name: 'Written to cache', colour: 'var(--cache-written)' },
  { begins: 'input tokens', name: 'Not cached', colour: 'var(--cache-new)' },
  { begins: 'output tokens', name: 'Output', colour: 'var(--cache-output)' },
];

/** The lines of a cost, those of one colour together; what is charged besides tokens comes last. */
export function costParts(cost: Cost): CostPart[] {
  const parts = NAMES.flatMap(({ begins, name, colour }) => {
    const lines = cost.lines.filter((line) => line.what.startsWith(begins));
    if (lines.length === 0) return [];
    return [{ name, colour, unit: 'tokens', ...sum(lines) }];
  });
  const others = cost.lines.filter((line) => !NAMES.some(({ begins }) => line.what.startsWith(begins)));
  for (const line of others) {
    parts.push({ name: line.what, colour: 'var(--info)', usd: line.usd, quantity: line.quantity, unit: '' });
  }
  return parts;
}

function sum(lines: Cost['lines']): { usd: number; quantity: number } {
  return {
    usd: lines.reduce((total, line) => total + line.usd, 0),
    quantity: lines.reduce((total, line) => total + line.quantity, 0),
  };
}
