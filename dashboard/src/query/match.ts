import type { ExchangeSummary } from '../api/types';
import type { Condition, NumberField, Term, TextField } from './condition';

/** Stars and tags are not in every answer of the proxy yet. */
type Row = ExchangeSummary & { starred?: boolean; tags?: string[] };
type Test = (row: Row) => boolean;

/** As the server has it. */
const SLOW_TO_BEGIN_MILLIS = 10_000;
const SLOW_TO_END_MILLIS = 120_000;
const EXPENSIVE_NANO_USD = 500_000_000;

/** Dollars in the unit in which they are compared. */
const nano = (usd: number) => Math.round(usd * 1e9);

/** Whether a row fits all terms. What is not known of a row does not fit. */
export function matcher(terms: readonly Term[]): Test {
  const tests = terms.map((term) => {
    const fits = test(term);
    return term.not ? (row: Row) => !fits(row) : fits;
  });
  return (row) => tests.every((fits) => fits(row));
}

function test(condition: Condition): Test {
  if ('text' in condition) {
    const wanted = folded(condition.text);
    return (row) => freeTexts(row).some((text) => text !== undefined && folded(text).includes(wanted));
  }
  if ('contains' in condition) {
    const wanted = condition.contains.map(folded);
    return (row) => fieldTexts(row, condition.field).some((text) => wanted.some((part) => folded(text).includes(part)));
  }
  if ('equals' in condition) {
    const wanted = condition.equals.map(folded);
    return (row) => fieldTexts(row, condition.field).some((text) => wanted.includes(folded(text)));
  }
  if ('begins' in condition) {
    return (row) => condition.begins.some((digits) => row.id.replaceAll('-', '').startsWith(digits));
  }
  if (condition.field === 'agent') {
    const whole = condition.is?.map(folded) ?? [];
    const parts = condition.named?.map(folded) ?? [];
    return (row) => {
      const name = row.agentName === undefined ? undefined : folded(row.agentName);
      return (
        condition.in.includes(row.agent) ||
        (name !== undefined && (whole.includes(name) || parts.some((part) => name.includes(part))))
      );
    };
  }
  if ('is' in condition) {
    const wanted = condition.is.map(folded);
    return (row) => row.tags?.some((tag) => wanted.includes(folded(tag))) ?? false;
  }
  if ('in' in condition) {
    return (row) => condition.in.some((word) => isWord(row, condition.field, word));
  }
  return (row) => {
    const value = number(row, condition.field);
    return (
      value !== undefined &&
      condition.within.some(([from, to]) => (from === null || value >= from) && (to === null || value <= to))
    );
  };
}

/** The case of A to Z does not matter, that of other letters does: so every database and browser does it alike. */
function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}

function freeTexts(row: Row): (string | undefined)[] {
  return [row.preview, row.error, row.tool, row.model, row.requestedModel, row.path, row.sessionId];
}

function fieldTexts(row: Row, field: TextField): string[] {
  const texts: (string | undefined)[] = {
    model: [row.model, row.requestedModel],
    tool: [row.tool],
    session: [row.sessionId],
    project: [row.project],
    stop: [row.stop],
    provider: [row.provider],
    rule: [row.rule],
    path: [row.path],
  }[field];
  return texts.filter((text): text is string => text !== undefined);
}

function number(row: Row, field: NumberField): number | undefined {
  switch (field) {
    case 'write':
      return row.write5m === undefined && row.write1h === undefined
        ? undefined
        : (row.write5m ?? 0) + (row.write1h ?? 0);
    case 'cost':
      return row.cost === undefined ? undefined : nano(row.cost);
    case 'at':
    case 'status':
    case 'ctx':
    case 'input':
    case 'read':
    case 'out':
    case 'ttfb':
    case 'ttft':
    case 'dur':
      return row[field];
  }
}

function isWord(row: Row, field: 'kind' | 'outcome' | 'cache' | 'is', word: string): boolean {
  if (field === 'cache' && word === 'break') return row.cache === 'break';
  if (field === 'cache') return row.read !== undefined && (word === 'hit' ? row.read > 0 : row.read === 0);
  if (field !== 'is') return row[field] === word;
  if (word === 'starred') return row.starred === true;
  if (word === 'expensive') return nano(row.cost ?? 0) >= EXPENSIVE_NANO_USD;
  if (word === 'live') return row.outcome === 'running';
  if (word === 'slow') return (row.ttft ?? 0) >= SLOW_TO_BEGIN_MILLIS || (row.dur ?? 0) >= SLOW_TO_END_MILLIS;
  return isFailed(row);
}

/** Failed, and not just left or cancelled by its user. */
export function isFailed(row: Row): boolean {
  return !['running', 'completed', 'client_left', 'cancelled'].includes(row.outcome);
}
