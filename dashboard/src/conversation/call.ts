import { isObject, type Block, type Json } from '../detail/messages';

/** A change of a file; nothing before means that the file is new. */
export interface Change {
  before: string | undefined;
  after: string;
}

/** The changes that a call makes to a file; nothing where it makes none, or has another form. */
export function changesOf(name: string, call: Block): Change[] | undefined {
  const input = call.input;
  if (!isObject(input)) return undefined;
  if (name === 'Edit') return changes([input]);
  if (name === 'MultiEdit') return Array.isArray(input.edits) ? changes(input.edits) : undefined;
  if (name === 'Write')
    return typeof input.content === 'string' ? [{ before: undefined, after: input.content }] : undefined;
  if (name === 'NotebookEdit')
    return typeof input.new_source === 'string' ? [{ before: undefined, after: input.new_source }] : undefined;
  return undefined;
}

function changes(edits: Json[]): Change[] | undefined {
  const list: Change[] = [];
  for (const edit of edits) {
    if (!isObject(edit) || typeof edit.old_string !== 'string' || typeof edit.new_string !== 'string') return undefined;
    list.push({ before: edit.old_string, after: edit.new_string });
  }
  return list;
}

/** In the order in which they say most. */
const MAIN = [
  'file_path',
  'notebook_path',
  'command',
  'pattern',
  'url',
  'query',
  'description',
  'path',
  'prompt',
  'skill',
  'subject',
  'bash_id',
  'task_id',
];

/** What a call is about, on one line. */
export function mainArgument(name: string, call: Block): string {
  const input = call.input;
  if (!isObject(input) || name === 'TodoWrite') return '';
  const named = MAIN.map((member) => input[member]).find((value) => typeof value === 'string');
  const first = named ?? Object.values(input).find((value) => typeof value === 'string' || typeof value === 'number');
  const text = typeof first === 'string' || typeof first === 'number' ? String(first) : '';
  const type = typeof input.subagent_type === 'string' ? `${input.subagent_type}: ` : '';
  return (type + text).split('\n', 1)[0]!.slice(0, 200);
}

/** The text of a result, whichever of its forms it has; nothing where it holds more than text. */
export function resultText(result: Block | undefined): string | undefined {
  const content = result?.content;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((block) =>
    isObject(block) && block.type === 'text' && typeof block.text === 'string' ? block.text : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts.join('\n') : undefined;
}
