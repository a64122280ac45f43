// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import BlockView from '../src/conversation/BlockView.svelte';
import ToolCall from '../src/conversation/ToolCall.svelte';
import { ConversationView } from '../src/conversation/view.svelte';
import type { Block, Json } from '../src/detail/messages';
import { click, show } from './show';

const context = (session?: string) => new Map([['conversation-view', new ConversationView(async () => {}, session)]]);

const block = (value: Record<string, Json>, answer = false) =>
  show(BlockView, { block: value as unknown as Block, answer }, context());

const call = (name: string, input: Json, content?: Json, more: Record<string, Json> = {}, session?: string) =>
  show(
    ToolCall,
    {
      call: { type: 'tool_use', id: 'toolu_1', name, input } as unknown as Block,
      ...(content === undefined
        ? {}
        : { result: { type: 'tool_result', tool_use_id: 'toolu_1', content, ...more } as unknown as Block }),
      open: true,
    },
    context(session),
  );

const said = (place: HTMLElement) => place.textContent.replace(/\s+/g, ' ');

afterEach(() => vi.unstubAllGlobals());

describe('tools', () => {
  it('that change a file show what they change, with counts', () => {
    const edit = call('Edit', { file_path: 'a.ts', old_string: 'let x = 1', new_string: 'let x = 2' }, 'done');
    expect(said(edit)).toMatch(/a\.ts.*\+1.*−1/);
    expect(edit.querySelector('mark')!.textContent).toMatch(/[12]/);
    const edits = [
      { old_string: 'a', new_string: 'b' },
      { old_string: 'c', new_string: 'd\ne' },
    ];
    const many = call('MultiEdit', { file_path: 'b.ts', edits }, 'done');
    expect(said(many)).toMatch(/\+3.*−2/);
    expect(many.querySelectorAll('[role=group][aria-label=Changes]')).toHaveLength(2);
    expect(said(call('Write', { file_path: 'c.ts', content: 'one\ntwo\n' }, 'done'))).toMatch(/\+2.*−0.*one.*two/);
    expect(said(call('NotebookEdit', { notebook_path: 'n.ipynb', new_source: 'print(1)' }, 'done'))).toContain('+1');
  });

  it('of a shell are a terminal with the colours of its codes', () => {
    const place = call('Bash', { command: 'npm test' }, 'ok \u001b[31mred\u001b[0m <b>x</b>', { is_error: true });
    expect(said(place)).toContain('npm test');
    expect(place.querySelector('.fg-red')!.textContent).toBe('red');
    expect(said(place)).toContain('<b>x</b>');
    expect(said(place)).toContain('failed');
    expect(said(place)).not.toContain('[31m');
  });

  it('that read a file show its lines with their numbers', () => {
    const place = call('Read', { file_path: 'src/a.ts' }, '    41\tconst a = 1;\n    42\tconst b = 2;');
    expect(place.querySelector('[role=group][aria-label=Code]')!.textContent).toContain('const a = 1;');
    expect(said(place)).toContain('41');
    expect(place.querySelector('[role=group][aria-label=Code]')!.textContent).not.toContain('\t');
  });

  it('that keep todos are a list of what is done', () => {
    const todos = [{ content: 'Mend it', status: 'completed' }];
    expect(said(call('TodoWrite', { todos }, 'ok'))).toMatch(/Mend it.*done/);
  });

  it('of MCP servers and unknown ones show input and result', () => {
    const mcp = call('mcp__github__get_issue', { issue_number: 412 }, '{"state":"open"}');
    expect(said(mcp)).toMatch(/github · get_issue.*issue_number.*412.*"state":"open"/);
    expect(said(call('Nameless', { deep: { er: 'yes' } }, [{ type: 'hologram', depth: 3 }]))).toMatch(
      /deep.*hologram.*3/,
    );
  });

  it('that fetch a page show it as Markdown', () => {
    const place = call('WebFetch', { url: 'https://example.com', prompt: 'Read' }, '# Title\n\nSome **bold** text');
    expect(place.querySelector('strong')!.textContent).toBe('bold');
  });

  it('that start a subagent lead to its steps, with what it took', async () => {
    const sums = { n: 4, out: 1_234, cost: { exact: 0.25, estimated: 0, unpriced: 0 } };
    const agents = [{ call: 'toolu_1', agentId: 'a1', name: 'code-reviewer', model: 'claude-sonnet-5-5', sums }];
    const answer = { summary: { id: 's 1' }, agents };
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(answer)));
    const input = { subagent_type: 'code-reviewer', description: 'Review', prompt: 'Look at **it**.' };
    const place = call('Agent', input, 'Fine.', {}, 's 1');
    await vi.waitFor(() => {
      flushSync();
      expect(place.querySelector('a')?.getAttribute('href')).toBe('/sessions/s%201?agent=a1');
    });
    expect(said(place)).toMatch(/code-reviewer.*sonnet 5\.5.*4 requests.*1,234 tokens out.*\$0\.250/);
    expect(place.querySelector('strong')!.textContent).toBe('it');
  });

  it('of the provider show the pages that they found, and why they failed', () => {
    const found = { type: 'web_search_result', title: 'Caching', url: 'https://example.com/c', page_age: '2 days ago' };
    const search = call('web_search', { query: 'caching' }, [found]);
    expect(search.querySelector('a')!.getAttribute('href')).toBe('https://example.com/c');
    expect(said(search)).toContain('2 days ago');
    const hostile = call('web_search', { query: 'x' }, [{ ...found, url: 'javascript:alert(1)' }]);
    expect(hostile.querySelector('a')).toBeNull();
    const document = { type: 'document', title: 'Page', source: { type: 'text', data: 'Fetched text' } };
    const fetched = { type: 'web_fetch_result', url: 'https://example.com/p', content: document };
    expect(said(call('web_fetch', { url: 'https://example.com/p' }, fetched))).toContain('Fetched text');
    const error = { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' };
    expect(said(call('web_search', { query: 'x' }, error))).toContain('It failed: max uses exceeded');
  });
});

describe('a block', () => {
  it('of text is Markdown, and keeps its sources', () => {
    const citations: Json[] = [
      { type: 'web_search_result_location', url: 'https://example.com', title: 'Source', cited_text: 'as said' },
      { type: 'char_location', document_title: 'notes.txt', cited_text: 'noted' },
    ];
    const place = block({ type: 'text', text: 'A **claim**', citations });
    expect(place.querySelector('strong')!.textContent).toBe('claim');
    expect(said(place)).toMatch(/Source.*as said.*notes\.txt.*noted/);
    expect(place.querySelector('ol a')!.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('of the client itself is folded, and says so', () => {
    const place = block({ type: 'text', text: '<system-reminder>\nUse whole words.\n</system-reminder>' });
    expect(said(place)).toContain('added by Claude Code');
    expect(said(place)).not.toContain('Use whole words.');
    click(place.querySelector('button'));
    expect(said(place)).toContain('Use whole words.');
  });

  it('of thinking is folded but in an answer; what is hidden says so', () => {
    expect(said(block({ type: 'thinking', thinking: 'Hm.', signature: 's' }))).not.toContain('Hm.');
    expect(said(block({ type: 'thinking', thinking: 'Hm.', signature: 's' }, true))).toContain('Hm.');
    expect(said(block({ type: 'thinking', thinking: '', signature: 's' }))).toContain('did not send the text');
    expect(said(block({ type: 'redacted_thinking', data: 'abc' }))).toContain('encrypted');
  });

  it('of an image is the image, and nothing that runs or is fetched', () => {
    const image = (source: Json) => block({ type: 'image', source });
    const png = image({ type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' });
    expect(png.querySelector('img')!.getAttribute('src')).toBe('data:image/png;base64,iVBORw0KGgo=');
    expect(image({ type: 'base64', media_type: 'text/html', data: 'PGI+' }).querySelector('img')).toBeNull();
    const remote = image({ type: 'url', url: 'https://example.com/a.png' });
    expect(remote.querySelector('img')).toBeNull();
    expect(said(remote)).toContain('https://example.com/a.png');
  });

  it('of a document says what it is', () => {
    const source = { type: 'base64', media_type: 'application/pdf', data: 'A'.repeat(8_000) };
    expect(said(block({ type: 'document', title: 'Plan', source }))).toMatch(/Document.*Plan.*application\/pdf, 6 KB/);
    const text = block({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Noted' } });
    click(text.querySelector('button'));
    expect(said(text)).toContain('Noted');
  });

  it('of a kind that nobody knows is shown as JSON', () => {
    expect(said(block({ type: 'hologram', depth: 'very-deep' }))).toMatch(/hologram.*as JSON.*very-deep/);
    expect(said(block({ type: '__proto__', constructor: 'x' }))).toContain('constructor');
  });
});
