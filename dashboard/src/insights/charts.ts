import type { Sums, Usage } from '../api/types';

export interface Layer {
  name: string;
  colour: string;
  /** One for each stretch; undefined where nothing was recorded. */
  values: (number | undefined)[];
}

const FAMILIES: [string, string][] = [
  ['opus', 'var(--model-opus)'],
  ['sonnet', 'var(--model-sonnet)'],
  ['haiku', 'var(--model-haiku)'],
];
const OTHERS = ['var(--info)', 'var(--kind-memory)', 'var(--kind-image)', 'var(--kind-other)'];

/** Colour belongs to the model, not to its place in the list. */
export function modelColour(model: string): string {
  const known = FAMILIES.find(([family]) => model.includes(family));
  if (known) return known[1];
  const sum = [...model].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return OTHERS[sum % OTHERS.length]!;
}

export const usd = (sums: Sums) => sums.cost.exact + sums.cost.estimated;

/** The sums of a series for each stretch; undefined where nothing was recorded. */
function alongX(usage: Usage, series: Usage['series'][number]): (Sums | undefined)[] {
  const at = new Map(series.values.map((value) => [value.at, value.sums]));
  return usage.x.map((beginning) => at.get(beginning));
}

/** What each model cost. */
export function spendLayers(usage: Usage, name: (model: string) => string): Layer[] {
  return usage.series.map((series) => ({
    name: series.key === '' ? 'no model' : name(series.key),
    colour: modelColour(series.key),
    values: alongX(usage, series).map((sums) => (sums ? usd(sums) : undefined)),
  }));
}

/** Input tokens by what the cache did with them. */
export function cacheLayers(usage: Usage): Layer[] {
  const all = usage.series.map((series) => alongX(usage, series));
  const sum = (of: (sums: Sums) => number) =>
    usage.x.map((_, i) => {
      const there = all.flatMap((values) => values[i] ?? []);
      return there.length === 0 ? undefined : there.reduce((total, sums) => total + of(sums), 0);
    });
  return [
    { name: 'read', colour: 'var(--cache-read)', values: sum((sums) => sums.read) },
    { name: 'written', colour: 'var(--cache-written)', values: sum((sums) => sums.write) },
    { name: 'new', colour: 'var(--cache-new)', values: sum((sums) => sums.input) },
  ];
}

export interface Column {
  /** Whether anything was recorded. */
  known: boolean;
  parts: { from: number; to: number; layer: Layer }[];
  total: number;
}

/** The layers one upon the other, in the units of their values. */
export function columns(layers: readonly Layer[], count: number): Column[] {
  return Array.from({ length: count }, (_, i) => {
    let total = 0;
    let known = false;
    const parts = layers.flatMap((layer) => {
      const value = layer.values[i];
      if (value === undefined) return [];
      known = true;
      const from = total;
      total += value;
      return value > 0 ? [{ from, to: total, layer }] : [];
    });
    return { known, parts, total };
  });
}

/** A round number at or above the largest value, for the top of a scale. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * magnitude).find((step) => step >= value * 0.999_999)!;
}
