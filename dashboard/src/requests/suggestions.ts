import { keys } from '../query/keys';

export interface Suggestion {
  /** What replaces the word that is being typed. */
  text: string;
  meaning: string;
}

const MOST = 8;

/** Keys and words that may be meant by what stands before the caret. */
export function suggestions(text: string, caret: number): { start: number; list: Suggestion[] } {
  const before = text.slice(0, caret);
  const start = before.search(/\S*$/);
  const sign = before[start] === '-' ? '-' : '';
  const word = before.slice(start + sign.length).toLowerCase();
  // Behind a finished word nothing is known of the next one.
  if (word === '' && text !== '') return { start, list: [] };
  const colon = word.indexOf(':');
  const list = colon < 0 ? keysLike(word, sign) : wordsLike(word, colon, sign);
  return { start, list: list.slice(0, MOST) };
}

function keysLike(word: string, sign: string): Suggestion[] {
  return keys
    .filter((key) => key.word.startsWith(word))
    .map((key) => ({ text: `${sign}${key.word}:`, meaning: `${key.meaning} ${key.form}` }));
}

function wordsLike(word: string, colon: number, sign: string): Suggestion[] {
  const key = keys.find((candidate) => candidate.word === word.slice(0, colon));
  const value = word.slice(colon + 1);
  return (key?.words ?? [])
    .filter((known) => known.startsWith(value) && known !== value)
    .map((known) => ({ text: `${sign}${key!.word}:${known}`, meaning: key!.meaning }));
}
