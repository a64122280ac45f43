import { diffLines, diffWordsWithSpace } from 'diff';

export interface Piece {
  text: string;
  /** Whether this part of the line is what changed in it. */
  marked: boolean;
}

export interface DiffLine {
  sign: ' ' | '-' | '+';
  before?: number;
  after?: number;
  pieces: Piece[];
}

export interface Hunk {
  lines: DiffLine[];
  added: number;
  removed: number;
}

/** Beyond this much work a change is shown as all lines out, all lines in. */
const MOST_EDITS = 1_000;

/** Longer lines are not compared word by word. */
const LONGEST_MARKED = 500;

/** What an edit changes, line by line, with the changed parts of changed lines marked. */
export function diff(before: string, after: string, firstLine = 1): Hunk {
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS }) ?? [
    { value: before, removed: true, added: false, count: 0 },
    { value: after, removed: false, added: true, count: 0 },
  ];
  const lines: DiffLine[] = [];
  let old = firstLine;
  let fresh = firstLine;
  for (const part of parts) {
    for (const text of linesOf(part.value)) {
      const pieces = [{ text, marked: false }];
      if (part.removed) lines.push({ sign: '-', before: old++, pieces });
      else if (part.added) lines.push({ sign: '+', after: fresh++, pieces });
      else lines.push({ sign: ' ', before: old++, after: fresh++, pieces });
    }
  }
  markPairs(lines);
  return {
    lines,
    added: lines.filter((line) => line.sign === '+').length,
    removed: lines.filter((line) => line.sign === '-').length,
  };
}

/** A new file: every line is new. */
export function created(content: string): Hunk {
  const lines = linesOf(content).map((text, i): DiffLine => ({
    sign: '+',
    after: i + 1,
    pieces: [{ text, marked: false }],
  }));
  return { lines, added: lines.length, removed: 0 };
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** As many lines out as in, one after the other, are the same lines changed. */
function markPairs(lines: DiffLine[]): void {
  for (let i = 0; i < lines.length;) {
    let out = i;
    while (lines[out]?.sign === '-') out++;
    let end = out;
    while (lines[end]?.sign === '+') end++;
    const count = out - i;
    if (count > 0 && end - out === count) {
      for (let k = 0; k < count; k++) markPair(lines[i + k]!, lines[out + k]!);
    }
    i = Math.max(end, i + 1);
  }
}

function markPair(removed: DiffLine, added: DiffLine): void {
  const [before, after] = [removed.pieces[0]!.text, added.pieces[0]!.text];
  if (before.length > LONGEST_MARKED || after.length > LONGEST_MARKED) return;
  const words = diffWordsWithSpace(before, after);
  const same = words
    .filter((word) => !word.added && !word.removed)
    .reduce((sum, word) => sum + word.value.trim().length, 0);
  // Two lines with little in common are two lines.
  if (same * 3 < Math.max(before.trim().length, after.trim().length)) return;
  removed.pieces = words
    .filter((word) => !word.added)
    .map((word) => ({ text: word.value, marked: Boolean(word.removed) }));
  added.pieces = words
    .filter((word) => !word.removed)
    .map((word) => ({ text: word.value, marked: Boolean(word.added) }));
}
