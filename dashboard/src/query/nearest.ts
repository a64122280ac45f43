/** The known word that somebody mistyped, where one is close enough to be a slip of the fingers. */
export function nearest(mistyped: string, known: readonly string[]): string | undefined {
  const farthest = mistyped.length <= 4 ? 1 : Math.max(2, Math.floor(mistyped.length / 4));
  let best: string | undefined;
  let least = farthest + 1;
  for (const word of known) {
    const steps = distance(mistyped, word);
    if (steps < least) [best, least] = [word, steps];
  }
  return best;
}

/** How many characters to insert, delete, change or swap with their neighbour (optimal string alignment). */
function distance(left: string, right: string): number {
  const steps: number[][] = [];
  for (let row = 0; row <= left.length; row++) {
    steps.push([]);
    for (let column = 0; column <= right.length; column++) {
      steps[row]!.push(row === 0 || column === 0 ? row + column : fewest(steps, left, right, row, column));
    }
  }
  return steps[left.length]![right.length]!;
}

function fewest(steps: number[][], left: string, right: string, row: number, column: number): number {
  const change = left[row - 1] === right[column - 1] ? 0 : 1;
  const least = Math.min(
    steps[row - 1]![column - 1]! + change,
    steps[row - 1]![column]! + 1,
    steps[row]![column - 1]! + 1,
  );
  const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
  return swapped ? Math.min(least, steps[row - 2]![column - 2]! + 1) : least;
}
