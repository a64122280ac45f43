import type { Condition, Moment, Term } from './condition';
import { keys } from './keys';
import { nearest } from './nearest';
import { Refusal, refuse, shown, type QueryProblem, type Word } from './problem';
import type { Operator } from './values';

const MOST_CHARS = 1_000;
const MOST_TERMS = 20;
const MOST_VALUES = 20;

export type Parsed = { terms: Term[]; problem?: undefined } | { terms?: undefined; problem: QueryProblem };

/** Understands a text, or says what is wrong with it. The server reads the same language; one table tests both. */
export function parse(text: string, moment: Moment): Parsed {
  try {
    return { terms: new Parser(text, moment).terms() };
  } catch (refusal) {
    if (refusal instanceof Refusal) return { problem: refusal.problem };
    throw refusal;
  }
}

const isBlank = (character: string | undefined) => character !== undefined && character <= ' ';

/** Reads one text from left to right: terms with blanks between them. */
class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly moment: Moment,
  ) {}

  terms(): Term[] {
    if (this.text.length > MOST_CHARS) {
      const beyond = { position: MOST_CHARS, length: this.text.length - MOST_CHARS };
      refuse(beyond, 'too_long', `A query has at most ${MOST_CHARS} characters.`, 'Make it shorter.');
    }
    const terms: Term[] = [];
    for (this.skipBlanks(); !this.atEnd(); this.skipBlanks()) {
      if (terms.length === MOST_TERMS) {
        const rest = { position: this.at, length: this.text.length - this.at };
        refuse(rest, 'too_long', `A query has at most ${MOST_TERMS} terms.`, 'Make it shorter.');
      }
      terms.push(this.term());
    }
    return terms;
  }

  private term(): Term {
    const start = this.at;
    if (!this.accept('-')) return this.condition();
    if (this.atEnd() || isBlank(this.here()) || this.here() === '-') {
      refuse(
        { position: start, length: 1 },
        'lone_minus',
        '`-` leaves out what stands right behind it, and there is no term.',
        'Write the term behind it; to look for the character itself, put it in quotes.',
      );
    }
    return { ...this.condition(), not: true };
  }

  private condition(): Condition {
    if (this.here() === '"') {
      const word = this.quoted('no_text');
      if (!this.atEnd() && !isBlank(this.here())) this.refuseMissingBlank();
      return { text: word.text };
    }
    const start = this.at;
    while (/[A-Za-z_]/.test(this.here() ?? ' ')) this.at++;
    const key = this.from(start);
    const operator = key.length === 0 ? undefined : this.operator();
    if (operator) return this.keyed(key, operator, this.from(start + key.length));
    this.at = start;
    return { text: this.bare(false).text };
  }

  private keyed(word: Word, operator: Operator, sign: Word): Condition {
    const known = keys.find((key) => key.word === word.text.toLowerCase());
    if (!known) return this.refuseKey(word);
    return known.read({ key: word, operator, sign, values: this.values(word, sign) }, this.moment);
  }

  private operator(): Operator | undefined {
    const colon = this.accept(':');
    if (this.accept('>')) return this.accept('=') ? '>=' : '>';
    if (this.accept('<')) return this.accept('=') ? '<=' : '<';
    if (this.accept('=')) return '=';
    return colon ? ':' : undefined;
  }

  private values(key: Word, sign: Word): Word[] {
    const words: Word[] = [];
    do {
      if (words.length === MOST_VALUES) {
        refuse(
          { position: this.at, length: 1 },
          'too_long',
          `A term has at most ${MOST_VALUES} values.`,
          'Make it shorter.',
        );
      }
      if (this.atEnd() || isBlank(this.here()) || this.here() === ',') this.refuseNoValue(key, sign);
      words.push(this.value());
    } while (this.accept(','));
    return words;
  }

  private value(): Word {
    if (this.here() !== '"') return this.bare(true);
    const word = this.quoted('no_value');
    if (!this.atEnd() && !isBlank(this.here()) && this.here() !== ',') this.refuseMissingBlank();
    return word;
  }

  /** Up to the next blank, or comma. */
  private bare(endsAtComma: boolean): Word {
    const start = this.at;
    while (!this.atEnd() && !isBlank(this.here()) && !(endsAtComma && this.here() === ',')) this.at++;
    return this.from(start);
  }

  private quoted(whenBlank: 'no_text' | 'no_value'): Word {
    const start = this.at++;
    let inside = '';
    while (!this.atEnd() && this.here() !== '"') {
      const next = this.text[this.at + 1];
      if (this.here() === '\\' && (next === '"' || next === '\\')) this.at++;
      inside += this.text[this.at++]!;
    }
    if (!this.accept('"')) {
      refuse(
        this.from(start),
        'open_quote',
        'The quote is not closed.',
        'Close it with `"`; write `\\"` for a quote inside.',
      );
    }
    const word = { ...this.from(start), text: inside };
    if ([...inside].every(isBlank)) {
      refuse(word, whenBlank, 'There is nothing between the quotes.', 'Write a text between them.');
    }
    return word;
  }

  private refuseKey(key: Word): never {
    const known = keys.map((candidate) => candidate.word);
    const meant = nearest(key.text.toLowerCase(), known);
    const quoteIt = 'to look for the text itself, put it in quotes.';
    return refuse(
      key,
      'unknown_key',
      `\`${shown(key)}\` is no key.`,
      meant ? `Did you mean \`${meant}\`? Or, ${quoteIt}` : `Keys are ${known.join(', ')}; ${quoteIt}`,
    );
  }

  /** Where the value should stand: at the key when nothing follows, else at the comma too many. */
  private refuseNoValue(key: Word, sign: Word): never {
    const comma = this.here() === ',';
    const place = comma ? { position: this.at, length: 1 } : { position: key.position, length: this.at - key.position };
    return refuse(
      place,
      'no_value',
      `\`${key.text}${sign.text}\` lacks a value.`,
      'Write it right behind, without a blank.',
    );
  }

  private refuseMissingBlank(): never {
    return refuse(
      { position: this.at, length: 1 },
      'no_space',
      'A blank is missing behind the quote.',
      'Put a blank there, or write `\\"` for a quote inside the text.',
    );
  }

  private from(start: number): Word {
    return { text: this.text.slice(start, this.at), position: start, length: this.at - start };
  }

  private here(): string | undefined {
    return this.text[this.at];
  }

  private accept(expected: string): boolean {
    if (this.here() !== expected) return false;
    this.at++;
    return true;
  }

  private skipBlanks(): void {
    while (isBlank(this.here())) this.at++;
  }

  private atEnd(): boolean {
    return this.at >= this.text.length;
  }
}
