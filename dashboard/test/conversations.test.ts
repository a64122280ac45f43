import { describe, expect, it } from 'vitest';
import { folderName, shownRecords } from '../src/conversations/records';

const record = (at: string, value: unknown) => ({ at, record: value }) as never;

describe('the records of a session file', () => {
  const shown = shownRecords([
    record('0', { type: 'summary', summary: 'A title' }),
    record('1', { type: 'user', timestamp: '2026-11-24T08:22:44Z', message: { role: 'user', content: 'Open it' } }),
    record('2', {
      type: 'assistant',
      message: { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'Edit', input: {} }] },
    }),
    record('3', {
      type: 'user',
      message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'done' }] },
    }),
    record('4', undefined),
  ]);

  it('are a conversation, each with its own place in the file', () => {
    expect(shown.map(({ at, entry }) => [at, entry?.role, entry?.items.length])).toEqual([
      ['0', undefined, undefined],
      ['1', 'user', 1],
      ['2', 'assistant', 1],
      ['3', 'user', 0],
      ['4', undefined, undefined],
    ]);
    expect(shown[1]!.time).toBe(Date.parse('2026-11-24T08:22:44Z'));
  });

  it('have each result with its call', () => {
    expect(shown[2]!.entry!.items[0]).toMatchObject({ kind: 'call', result: { content: 'done' } });
  });

  it('keep what is no message as it is, and name what could not be read', () => {
    expect(shown[0]).toMatchObject({ kind: 'summary', other: { summary: 'A title' } });
    expect(shown[4]).toMatchObject({ kind: 'a line that is too long', other: undefined });
  });
});

describe('a project folder', () => {
  it('is named by its last part', () => {
    expect(folderName('-home-alice-shop')).toBe('shop');
    expect(folderName('shop')).toBe('shop');
  });
});
