import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The tokens of one theme: what `:root` or the light theme declares. */
function tokens(theme: 'dark' | 'light'): Map<string, string> {
  const css = readFileSync('src/app/tokens.css', 'utf8');
  const begin = css.indexOf(`[data-theme='${theme}'] {`);
  const block = css.slice(begin, css.indexOf('}', begin));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

describe.each(['dark', 'light'] as const)('colours of the %s theme', (theme) => {
  const all = tokens(theme);
  const ground = [all.get('surface')!, all.get('bg')!];

  it('tell data from the ground at 3 to 1', () => {
    const data = [...all].filter(([name]) => /^(cache|kind|model)-/.test(name));
    expect(data.length).toBeGreaterThanOrEqual(18);
    const faint = data.filter(([, colour]) => ground.some((behind) => contrast(colour, behind) < 3));
    expect(faint).toEqual([]);
  });

  it('tell text from the ground at 4.5 to 1', () => {
    const texts = ['text', 'text-2', 'text-3', 'accent', 'ok', 'warn', 'err', 'info'];
    const behind = [...ground, all.get('surface-2')!];
    const faint = texts.filter((name) => behind.some((colour) => contrast(all.get(name)!, colour) < 4.5));
    expect(faint).toEqual([]);
  });
});
