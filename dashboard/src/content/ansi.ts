export interface Run {
  text: string;
  /** Classes such as `bold fg-red`. */
  style: string;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

// CSI sequences, OSC sequences with their end, and lone two-character escapes.
// eslint-disable-next-line no-control-regex
const ESCAPE = /\u001b(?:\[([0-9;:?]*)([ -/]*[@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/g;

interface Style {
  fg: string;
  flags: Set<string>;
}

/** A terminal's output as runs of text with one style each; what moves the cursor is left out. */
export function ansiRuns(text: string): Run[] {
  const runs: Run[] = [];
  const style: Style = { fg: '', flags: new Set() };
  let at = 0;
  const push = (piece: string) => {
    if (piece) runs.push({ text: piece, style: [...style.flags, style.fg].filter(Boolean).join(' ') });
  };
  for (const match of text.matchAll(ESCAPE)) {
    push(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === 'm') apply(style, match[1] ?? '');
  }
  push(text.slice(at));
  return runs;
}

function apply(style: Style, parameters: string): void {
  const codes = parameters.split(/[;:]/).map((code) => Number(code || 0));
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === 0) {
      style.fg = '';
      style.flags.clear();
    } else if (code === 1) style.flags.add('bold');
    else if (code === 2) style.flags.add('dim');
    else if (code === 3) style.flags.add('italic');
    else if (code === 4) style.flags.add('underline');
    else if (code === 22) ['bold', 'dim'].forEach((flag) => style.flags.delete(flag));
    else if (code === 23) style.flags.delete('italic');
    else if (code === 24) style.flags.delete('underline');
    else if (code >= 30 && code <= 37) style.fg = 'fg-' + COLOURS[code - 30]!;
    else if (code >= 90 && code <= 97) style.fg = 'fg-' + COLOURS[code - 90]!;
    else if (code === 39) style.fg = '';
    // Colours of a palette of 256 or more: the eight that there are names for, others as the text.
    else if (code === 38 || code === 48) {
      const palette = codes[i + 1] === 5;
      const index = codes[i + 2] ?? -1;
      if (code === 38) style.fg = palette && index >= 0 && index < 16 ? 'fg-' + COLOURS[index % 8]! : '';
      i += palette ? 2 : 4;
    }
  }
}
