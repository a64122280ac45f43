/** How Claude Code's Read tool gives lines: a number, a tab (or an arrow), the line. */
const LINE = /^ *(\d+)(?:\t|→)(.*)$/;

export interface NumberedText {
  first: number;
  text: string;
  /** What stands behind the lines, such as a reminder. */
  rest: string;
}

/** The lines of a file as Read gives them; nothing where the text has another form. */
export function numbered(text: string): NumberedText | undefined {
  const lines = text.split('\n');
  const found: string[] = [];
  let first = 0;
  for (const line of lines) {
    const match = LINE.exec(line);
    if (!match || (found.length > 0 && Number(match[1]) !== first + found.length)) break;
    if (found.length === 0) first = Number(match[1]);
    found.push(match[2]!);
  }
  if (found.length === 0) return undefined;
  return { first, text: found.join('\n'), rest: lines.slice(found.length).join('\n').trim() };
}
