export type TextField = 'model' | 'tool' | 'session' | 'project' | 'stop' | 'provider' | 'rule' | 'path';
export type NumberField =
  'at' | 'status' | 'cost' | 'ctx' | 'input' | 'read' | 'write' | 'out' | 'ttfb' | 'ttft' | 'dur';
export type WordField = 'kind' | 'outcome' | 'cache' | 'is';

/** From one number to another, both included; null where there is no bound. */
export type Range = readonly [number | null, number | null];

/** What a term asks; of several values one is enough. */
export type Condition =
  | { text: string }
  | { field: TextField; contains: string[] }
  | { field: TextField; equals: string[] }
  | { field: 'id'; begins: string[] }
  | { field: 'tag'; is: string[] }
  | { field: 'agent'; in: string[]; named?: string[]; is?: string[] }
  | { field: WordField; in: string[] }
  | { field: NumberField; within: Range[] };

/** One thing that is asked of an exchange; with `not`, those are meant that do not fit. */
export type Term = Condition & { not?: true };

/** When and in which offset of time a query is read: what `2h` and `yesterday` are meant from. */
export interface Moment {
  now: number;
  /** Milliseconds since 1970 of a local date and time, as numbers from the year on; NaN where there is none. */
  local: (year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number) => number;
  /** Year, month (from 1) and day of a point in time. */
  date: (at: number) => [number, number, number];
}
