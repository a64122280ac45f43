// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import JsonView from '../src/content/JsonView.svelte';
import LongTextView from '../src/content/LongTextView.svelte';
import Todos, { todosOf } from '../src/content/Todos.svelte';
import Notice from '../src/ui/Notice.svelte';
import { click, show } from './show';

describe('JSON', () => {
  it('opens where it is clicked, and is text whatever is in it', () => {
    const place = show(JsonView, { value: { a: { b: { c: '<b>x</b>' } }, empty: {}, none: null }, levels: 1 });
    expect(place.textContent).toContain('empty:\u00a0{}');
    expect(place.textContent).not.toContain('<b>x</b>');
    click([...place.querySelectorAll('button')].find((button) => button.textContent.includes('a:')));
    click([...place.querySelectorAll('button')].find((button) => button.textContent.includes('b:')));
    expect(place.textContent).toContain('"<b>x</b>"');
    expect(place.querySelector('b')).toBeNull();
  });

  it('shows the first of many members, and a long text as a link', () => {
    const place = show(JsonView, {
      value: {
        list: Array.from({ length: 500 }, (_, i) => i),
        text: { truncated: true, bytes: 91_234, href: '/api/x' },
      },
    });
    click([...place.querySelectorAll('button')].find((button) => button.textContent.includes('list')));
    expect(place.querySelectorAll('.leaf').length).toBeLessThan(150);
    expect(place.querySelector('a')!.textContent).toBe('91.2 KB of text, not loaded');
  });
});

describe('a long text', () => {
  it('is shown in portions that add up to it', () => {
    const text = Array.from({ length: 5_000 }, (_, i) => `line ${i}\n`).join('');
    const place = show(LongTextView, { text, portion: 10_000 });
    expect(place.querySelectorAll('pre')).toHaveLength(1);
    click([...place.querySelectorAll('button')].at(-1));
    expect([...place.querySelectorAll('pre')].map((pre) => pre.textContent).join('')).toBe(text);
  });
});

describe('todos', () => {
  it('say what is done, in words too', () => {
    const todos = todosOf({
      todos: [
        { content: 'One', status: 'completed' },
        { content: 'Two', status: 'in_progress' },
      ],
    })!;
    const place = show(Todos, { todos });
    expect([...place.querySelectorAll('li')].map((item) => item.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'Onedone',
      'Twoin progress',
    ]);
    expect(todosOf({ todos: ['x'] })).toBeUndefined();
    expect(todosOf({})).toBeUndefined();
  });
});

describe('a notice', () => {
  it('has a heading', () => {
    expect(show(Notice, { icon: 'warning', title: 'Nothing' }).querySelector('h2')!.textContent).toBe('Nothing');
  });
});
