/** Why a text is no query; places are UTF-16 units from 0. */
export interface QueryProblem {
  reason:
    | 'unknown_key'
    | 'no_value'
    | 'bad_value'
    | 'bad_operator'
    | 'one_value'
    | 'lone_minus'
    | 'open_quote'
    | 'no_text'
    | 'no_space'
    | 'too_long';
  position: number;
  length: number;
  problem: string;
  fix: string;
}

/** A piece of the text, without quotes, and where it stands with them. */
export interface Word {
  text: string;
  position: number;
  length: number;
}

/** Leaves the parser, which catches it. */
export class Refusal extends Error {
  constructor(readonly problem: QueryProblem) {
    super(problem.problem);
  }
}

export function refuse(
  at: { position: number; length: number },
  reason: QueryProblem['reason'],
  problem: string,
  fix: string,
): never {
  throw new Refusal({ reason, position: at.position, length: at.length, problem, fix });
}

/** A word as a sentence can show it. */
export const shown = (word: Word) => (word.text.length <= 40 ? word.text : word.text.slice(0, 40) + '...');
