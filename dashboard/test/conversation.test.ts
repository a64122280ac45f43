import { describe, expect, it } from 'vitest';
import { changesOf, mainArgument, resultText } from '../src/conversation/call';
import { MessageFolder } from '../src/conversation/message-folder';
import { SseReader } from '../src/conversation/sse-reader';
import { answerOf, errorOf, messagesOf, type Block } from '../src/detail/messages';
import { reminderIn, threadOf, type Item } from '../src/detail/thread';

const call = (id: string, name = 'Bash'): Block => ({ type: 'tool_use', id, name, input: {} });
const result = (id: string): Block => ({ type: 'tool_result', tool_use_id: id, content: `of ${id}` });
const text = (value: string): Block => ({ type: 'text', text: value });

const drawn = (item: Item) =>
  item.kind === 'call'
    ? `call ${String(item.call.id)}: ${String(item.result?.content ?? 'none')}`
    : item.kind === 'result'
      ? `result ${String(item.result.tool_use_id)}`
      : String(item.block.text ?? item.block.type);

describe('a thread', () => {
  it('shows a result with its call, and what is new apart from what is sent again', () => {
    const thread = threadOf(
      [
        { role: 'user', blocks: [text('prompt')] },
        { role: 'assistant', blocks: [text('look'), call('1')] },
        { role: 'user', blocks: [result('1')] },
        { role: 'assistant', blocks: [call('2')] },
        { role: 'user', blocks: [result('2'), text('and more')] },
      ],
      [text('done')],
    );
    expect(thread.earlier.map((entry) => [entry.role, entry.items.map(drawn)])).toEqual([
      ['user', ['prompt']],
      ['assistant', ['look', 'call 1: of 1']],
      ['assistant', ['call 2: none']],
    ]);
    expect(thread.fresh.map((entry) => entry.items.map(drawn))).toEqual([['call 2: of 2', 'and more']]);
    expect(thread.answer!.items.map(drawn)).toEqual(['done']);
  });

  it('of a first request is all new', () => {
    const thread = threadOf([{ role: 'user', blocks: [text('a')] }], []);
    expect(thread.earlier).toEqual([]);
    expect(thread.fresh).toHaveLength(1);
    expect(thread.answer).toBeUndefined();
  });

  it('drops nothing: a result without its call, a block of unknown kind', () => {
    const thread = threadOf([{ role: 'user', blocks: [result('9'), { type: 'hologram' }] }], []);
    expect(thread.fresh[0]!.items.map(drawn)).toEqual(['result 9', 'hologram']);
  });

  it('joins the results of the provider’s own tools to their calls', () => {
    const server = [
      { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
      { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
    ];
    expect(threadOf([], server).answer!.items.map(drawn)).toEqual(['call s: ']);
  });
});

describe('recorded JSON', () => {
  it.each([undefined, null, 3, 'x', [], {}, { messages: 3 }, { messages: [null, 3, { role: 4 }] }])(
    'of any shape makes no trouble: %j',
    (value) => {
      for (const message of messagesOf(value)) expect(message.blocks).toEqual([]);
      expect(answerOf(value)).toEqual([]);
      expect(errorOf(value)).toBeUndefined();
    },
  );

  it('keeps blocks that are none', () => {
    expect(messagesOf({ messages: [{ role: 'user', content: [null, 'x', { no: 'type' }] }] })[0]!.blocks).toEqual([
      { type: 'unknown', value: null },
      { type: 'unknown', value: 'x' },
      { type: 'unknown', value: { no: 'type' } },
    ]);
  });

  it('tells reminders from prompts', () => {
    expect(reminderIn('<system-reminder>\nabc\n</system-reminder>')).toBe('abc');
    expect(reminderIn('before <system-reminder>abc</system-reminder>')).toBeUndefined();
  });
});

describe('a call', () => {
  it('says what it changes', () => {
    const edit = { type: 'tool_use', input: { old_string: 'a', new_string: 'b' } };
    expect(changesOf('Edit', edit)).toEqual([{ before: 'a', after: 'b' }]);
    expect(changesOf('MultiEdit', { type: 'tool_use', input: { edits: [edit.input, edit.input] } })).toHaveLength(2);
    expect(changesOf('Write', { type: 'tool_use', input: { content: 'x' } })).toEqual([
      { before: undefined, after: 'x' },
    ]);
    expect(changesOf('MultiEdit', { type: 'tool_use', input: { edits: [{ old_string: 3 }] } })).toBeUndefined();
    expect(changesOf('Bash', edit)).toBeUndefined();
  });

  it('says what it is about', () => {
    expect(mainArgument('Bash', { type: 't', input: { command: 'ls\n-la', description: 'List' } })).toBe('ls');
    expect(mainArgument('Agent', { type: 't', input: { subagent_type: 'Explore', description: 'Look' } })).toBe(
      'Explore: Look',
    );
    expect(mainArgument('mcp__x__y', { type: 't', input: { number: 412 } })).toBe('412');
    expect(mainArgument('X', { type: 't' })).toBe('');
  });

  it('has a result as text, if it is only text', () => {
    expect(resultText({ type: 'r', content: 'a' })).toBe('a');
    expect(
      resultText({
        type: 'r',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      }),
    ).toBe('a\nb');
    expect(resultText({ type: 'r', content: [{ type: 'image' }] })).toBeUndefined();
    expect(resultText(undefined)).toBeUndefined();
  });
});

describe('a running answer', () => {
  const stream = [
    { type: 'message_start', message: { id: 'm', role: 'assistant', content: [] } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Grüße, ' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Köln' } },
    { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'Bash', input: {} } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"command":' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '"ls"}' } },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
    { type: 'message_stop' },
  ];
  const written = (end: string) =>
    stream.map((event) => `event: ${event.type}${end}data: ${JSON.stringify(event)}${end}${end}`).join('') +
    `: ping${end}${end}`;

  it.each(['\n', '\r\n'])('adds up to its message however it is cut, with lines ended by %j', (end) => {
    const whole = written(end);
    for (const size of [1, 2, 7, 64, whole.length]) {
      const folder = new MessageFolder();
      const reader = new SseReader((data) => folder.take(data));
      for (let at = 0; at < whole.length; at += size) reader.read(whole.slice(at, at + size));
      expect(folder.message).toMatchObject({
        id: 'm',
        stop_reason: 'tool_use',
        content: [{ thinking: 'hm' }, { text: 'Grüße, Köln' }, { input: { command: 'ls' } }],
      });
    }
  });

  it('shows the input of a tool before it is whole, and passes over what it does not know', () => {
    const folder = new MessageFolder();
    for (const event of stream.slice(0, 8)) folder.take(JSON.stringify(event));
    expect(folder.message.content[2]!.input).toEqual({ '…': '{"command":' });
    folder.take('no JSON');
    folder.take('{"type":"content_block_delta","index":9,"delta":{"type":"text_delta","text":"x"}}');
    folder.take('{"type":"novelty"}');
    expect(folder.message.content).toHaveLength(3);
  });
});
