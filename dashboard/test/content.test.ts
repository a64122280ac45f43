// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { ansiRuns } from '../src/content/ansi';
import { created, diff, type DiffLine } from '../src/content/diff';
import { languageOf } from '../src/content/language';
import { markdown } from '../src/content/markdown';
import { numbered } from '../src/content/numbered';
import { toolIcon, toolTitle } from '../src/content/tools';

const drawn = (line: DiffLine) =>
  line.sign + line.pieces.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join('');

describe('a diff', () => {
  it('marks what changed in a changed line and counts', () => {
    const hunk = diff('a\nif (status == 529) {\nz', 'a\nif (status == 529 && budget) {\nz');
    expect(hunk.lines.map(drawn)).toEqual([' a', '-if (status == 529) {', '+if (status == 529[ && budget]) {', ' z']);
    expect([hunk.added, hunk.removed]).toEqual([1, 1]);
    expect(hunk.lines.map((line) => [line.before, line.after])).toEqual([
      [1, 1],
      [2, undefined],
      [undefined, 2],
      [3, 3],
    ]);
  });

  it('leaves lines unmarked that have little in common', () => {
    expect(diff('apples', 'completely other').lines.map(drawn)).toEqual(['-apples', '+completely other']);
  });

  it('gives back both texts, whatever they are', () => {
    for (const [before, after] of [
      ['', 'a\nb'],
      ['a\nb\n', ''],
      ['a\r\nb', 'a\r\nc'],
      ['\n\n', '\n'],
      ['x'.repeat(2_000), 'y'],
    ] as const) {
      const { lines } = diff(before, after);
      const side = (out: string) =>
        lines.filter((line) => line.sign !== out).map((line) => line.pieces.map((piece) => piece.text).join(''));
      const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
      expect(side('+')).toEqual(linesOf(before));
      expect(side('-')).toEqual(linesOf(after));
    }
  });

  it('of two long texts without a common line is given up in time', () => {
    const before = Array.from({ length: 10_000 }, (_, i) => `before ${i}`).join('\n');
    const after = Array.from({ length: 10_000 }, (_, i) => `after ${i}`).join('\n');
    const hunk = diff(before, after);
    expect([hunk.added, hunk.removed]).toEqual([10_000, 10_000]);
  });

  it('of a new file is all new', () => {
    expect(created('a\nb\n').lines.map(drawn)).toEqual(['+a', '+b']);
    expect(created('').added).toBe(0);
  });
});

describe('a terminal', () => {
  it('shows colours as styles and leaves the rest of the codes out', () => {
    expect(ansiRuns('a\u001b[1;31mb\u001b[0mc\u001b[38;5;2md\u001b[38;2;1;2;3me\u001b[2Jf')).toEqual([
      { text: 'a', style: '' },
      { text: 'b', style: 'bold fg-red' },
      { text: 'c', style: '' },
      { text: 'd', style: 'fg-green' },
      { text: 'e', style: '' },
      { text: 'f', style: '' },
    ]);
    expect(ansiRuns('\u001b]0;title\u0007text')).toEqual([{ text: 'text', style: '' }]);
  });

  it('keeps text without codes exactly', () => {
    const text = 'x\ty\r\n \u0000 é\uD800';
    expect(
      ansiRuns(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text);
  });
});

describe('the lines of a file', () => {
  it('are told from what stands behind them', () => {
    expect(numbered('     7\tfoo\n     8\t\n     9\t\tbar\n\n<system-reminder>x</system-reminder>')).toEqual({
      first: 7,
      text: 'foo\n\n\tbar',
      rest: '<system-reminder>x</system-reminder>',
    });
    expect(numbered('     1→old form')).toMatchObject({ first: 1, text: 'old form' });
  });

  it('of another form are left as they are', () => {
    expect(numbered('no numbers')).toBeUndefined();
    expect(numbered('')).toBeUndefined();
  });

  it('have a language by the name of the file', () => {
    expect(languageOf('/a/b.Test.JAVA')).toBe('java');
    expect(languageOf('Makefile')).toBe('');
    expect(languageOf('x.constructor')).toBe('');
  });
});

describe('markdown', () => {
  const html = (text: string) => markdown(text).toString().trim();

  it('gives structure', () => {
    expect(html('**a** `b`')).toBe('<p><strong>a</strong> <code>b</code></p>');
    expect(html('| a |\n|---|\n| b |')).toContain('<td>b</td>');
    expect(html('```java\nx < y\n```')).toContain('<code class="language-java">x &lt; y</code>');
    expect(html('- [x] done')).toContain('☑ done');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '![a](https://example.com/a.png)',
    '<a href="data:text/html,x">y</a>',
    '[a](vbscript:x "onmouseover=1")',
    '<svg><animate onbegin=alert(1)>',
  ])('makes no markup of %s', (text) => {
    const page = new DOMParser().parseFromString(html(text), 'text/html');
    expect(page.querySelectorAll('script, img, svg, animate, iframe')).toHaveLength(0);
    for (const element of page.body.querySelectorAll('*')) {
      for (const attribute of element.attributes) {
        expect(attribute.name).not.toMatch(/^on/);
        expect(attribute.value).not.toMatch(/^\s*(javascript|data|vbscript):/i);
      }
    }
  });
});

describe('tools', () => {
  it('of MCP servers name both', () => {
    expect(toolTitle('mcp__github__get_issue')).toBe('github · get_issue');
    expect(toolTitle('mcp__x')).toBe('mcp__x');
    expect(toolIcon('mcp__github__get_issue')).toBe('layers');
  });

  it('of names that objects have of themselves are tools as others', () => {
    expect(toolIcon('constructor')).toBe('tool');
    expect(toolIcon('__proto__')).toBe('tool');
  });
});
