import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const sources = (readdirSync('src', { recursive: true }) as string[])
  .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('schema.d.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join('src', name), 'utf8') }));

const naming = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

describe('the sources', () => {
  it('ask the proxy in one place only', () => {
    expect(naming(/\bfetch\(/)).toEqual(['api/http.ts']);
    expect(naming(/new EventSource\(/)).toEqual(['api/stream.ts']);
    expect(naming(/XMLHttpRequest|sendBeacon|WebSocket\(/)).toEqual([]);
  });

  it('make markup of text in few places', () => {
    expect(naming(/\{@html|innerHTML/).sort()).toEqual(['content/Code.svelte', 'content/Markdown.svelte']);
    expect(naming(/outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/)).toEqual([]);
    expect(naming(/\sstyle="/)).toEqual([]);
  });

  it('are small', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 260).map(({ name }) => name);
    expect(long).toEqual([]);
  });
});
