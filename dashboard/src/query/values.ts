import type { Condition, Moment, NumberField, Range, TextField, WordField } from './condition';
import { nearest } from './nearest';
import { refuse, shown, type Word } from './problem';
import { instant } from './times';

export type Operator = ':' | '=' | '>' | '>=' | '<' | '<=';

/** A key with what is asked of it, not yet understood. */
export interface KeyedTerm {
  key: Word;
  operator: Operator;
  sign: Word;
  values: Word[];
}

/** How the values behind a key are read, how they look, and (where they are few) which there are. */
export interface Values {
  read: (term: KeyedTerm, moment: Moment) => Condition;
  form: string;
  words?: string[];
}

const compares = (operator: Operator) => operator !== ':' && operator !== '=';

function single(term: KeyedTerm): void {
  if (term.values.length > 1) {
    refuse(
      term.values[1]!,
      'one_value',
      `\`${shown(term.key)}${term.operator}\` takes one value.`,
      'Leave the others out.',
    );
  }
}

export function texts(field: TextField): Values {
  return {
    form: 'text',
    read({ operator, sign, values }) {
      const all = values.map((word) => word.text);
      if (operator === ':') return { field, contains: all };
      if (operator === '=') return { field, equals: all };
      return refuse(
        sign,
        'bad_operator',
        `\`${field}\` is text and has no order.`,
        `Write \`${field}:\` for what contains the value, \`${field}=\` for what is exactly it.`,
      );
    },
  };
}

export function words(field: WordField, known: string[]): Values {
  const form = known.join(', ');
  const value = (word: Word) => {
    const written = word.text.toLowerCase();
    if (known.includes(written)) return written;
    const meant = nearest(written, known);
    return refuse(
      word,
      'bad_value',
      `\`${shown(word)}\` is no word of \`${field}\`.`,
      meant ? `Did you mean \`${field}:${meant}\`?` : `Write one of ${form}.`,
    );
  };
  return {
    form,
    words: known,
    read({ operator, sign, values }) {
      if (compares(operator)) {
        refuse(
          sign,
          'bad_operator',
          `The words of \`${field}\` have no order.`,
          `Write \`${field}:\` and one of ${form}.`,
        );
      }
      return { field, in: [...new Set(values.map(value))] };
    },
  };
}

const ROLES = ['main', 'subagent', 'auxiliary'];

/** Kinds of agents, and names of subagents: any word that is no kind is a name. */
export function agents(): Values {
  const form = 'main, subagent, auxiliary, or the name of a subagent';
  return {
    form,
    words: ROLES,
    read({ operator, sign, values }) {
      if (compares(operator))
        refuse(sign, 'bad_operator', 'Agents have no order.', `Write \`agent:\` and one of ${form}.`);
      const written = values.map((word) => word.text);
      const roles = written.map((text) => text.toLowerCase()).filter((text) => ROLES.includes(text));
      const names = written.filter((text) => !ROLES.includes(text.toLowerCase()));
      const condition = { field: 'agent' as const, in: [...new Set(roles)] };
      if (names.length === 0) return condition;
      return operator === '=' ? { ...condition, is: names } : { ...condition, named: names };
    },
  };
}

export function ids(): Values {
  const beginning = (word: Word) => {
    const digits = word.text.replaceAll('-', '').toLowerCase();
    if (/^[0-9a-f]{1,32}$/.test(digits)) return digits;
    return refuse(
      word,
      'bad_value',
      `No id begins with \`${shown(word)}\`.`,
      'Ids have the digits 0 to 9 and a to f, such as 019a1f3c-7c1e-7b52-9d0a-3f4e5a6b7c8d.',
    );
  };
  return {
    form: 'an id, or how it begins',
    read({ operator, sign, values }) {
      if (compares(operator))
        refuse(sign, 'bad_operator', 'Ids have no order here.', 'Write `id:` and how the id begins.');
      return { field: 'id', begins: values.map(beginning) };
    },
  };
}

export function tags(): Values {
  return {
    form: 'a whole tag',
    read({ operator, sign, values }) {
      if (compares(operator)) refuse(sign, 'bad_operator', 'Tags have no order.', 'Write `tag:` and the whole tag.');
      return { field: 'tag', is: values.map((word) => word.text) };
    },
  };
}

export function times(key: 'after' | 'before'): Values {
  const form = '2h (30s, 15m, 3d, 1w: so long ago), today, yesterday, 2026-11-24, 09:30 or 2026-11-24T09:30';
  return {
    form,
    words: ['1h', 'today', 'yesterday'],
    read(term, moment) {
      if (term.operator !== ':') {
        refuse(term.sign, 'bad_operator', `\`${key}\` compares already.`, `Write \`${key}:\` and the time.`);
      }
      single(term);
      const word = term.values[0]!;
      const at = instant(word.text, moment);
      if (at === undefined)
        refuse(word, 'bad_value', `\`${shown(word)}\` is no time.`, `Write \`${key}:\` with ${form}.`);
      return { field: 'at', within: [key === 'after' ? [at!, null] : [null, at! - 1]] };
    },
  };
}

const UNITS = {
  whole: { '': 1 },
  count: { '': 1, k: 1_000, m: 1_000_000 },
  dollars: { '': 1_000_000_000 },
  duration: { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
} as const;

const FORMS = {
  whole: 'a status such as 429, 4xx or 500..599',
  count: 'a number such as 500, 1.5k or 2m',
  dollars: 'an amount in dollars such as 0.05 or 2',
  duration: 'a time with its unit, such as 500ms, 10s, 2m or 1h',
} as const;

export function numbers(field: NumberField, kind: keyof typeof UNITS): Values {
  const form = FORMS[kind];
  const number = (word: Word): number =>
    parsedNumber(word.text, UNITS[kind]) ??
    refuse(word, 'bad_value', `\`${shown(word)}\` is not ${form}.`, `Write \`${field}\` with ${form}.`);
  const range = (word: Word): Range => {
    const hundred = /^([0-9])xx$/i.exec(word.text);
    if (field === 'status' && hundred) return [Number(hundred[1]) * 100, Number(hundred[1]) * 100 + 99];
    const dots = word.text.indexOf('..');
    if (dots < 0) return [number(word), number(word)];
    const from = number({ ...word, text: word.text.slice(0, dots) });
    const to = number({ ...word, text: word.text.slice(dots + 2) });
    if (from > to) refuse(word, 'bad_value', `Nothing lies in \`${shown(word)}\`.`, 'Write the smaller one first.');
    return [from, to];
  };
  return {
    form,
    read(term) {
      if (!compares(term.operator)) return { field, within: term.values.map(range) };
      single(term);
      return { field, within: [compared(term.operator, number(term.values[0]!))] };
    },
  };
}

function compared(operator: Operator, value: number): Range {
  if (operator === '>') return [value + 1, null];
  if (operator === '>=') return [value, null];
  if (operator === '<') return [null, value - 1];
  return [null, value];
}

/** The number in the unit of the API; nothing when it is none, or has a fraction there. */
function parsedNumber(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^([0-9]{1,12})(?:\.([0-9]{1,6}))?([A-Za-z]*)$/.exec(text);
  const unit = match?.[3]?.toLowerCase();
  if (!match || unit === undefined || !Object.hasOwn(units, unit)) return undefined;
  // Whole numbers: 1.1 times 1000 is not quite 1100.
  const millionths = BigInt(match[1]! + (match[2] ?? '').padEnd(6, '0')) * BigInt(units[unit]!);
  const whole = millionths / 1_000_000n;
  return millionths % 1_000_000n === 0n && whole <= 2n ** 53n ? Number(whole) : undefined;
}
