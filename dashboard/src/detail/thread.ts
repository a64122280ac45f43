import { isObject, type Block, type Message } from './messages';

/** What the conversation shows as one thing. */
export type Item =
  | { kind: 'block'; block: Block }
  /** A tool call and, where it is known, what came of it. */
  | { kind: 'call'; call: Block; result?: Block }
  /** A result whose call is not in the request. */
  | { kind: 'result'; result: Block };

export interface Entry {
  role: string;
  items: Item[];
}

export interface Thread {
  /** Sent before, and sent again with this request. */
  earlier: Entry[];
  /** How many messages that are: one with nothing but results has no entry of its own. */
  resent: number;
  /** First sent with this request. */
  fresh: Entry[];
  answer: Entry | undefined;
}

const isCall = (block: Block) => block.type.endsWith('tool_use') && typeof block.id === 'string';
const isResult = (block: Block) => block.type.endsWith('tool_result') && typeof block.tool_use_id === 'string';

/** Puts each result to its call, and parts what is new in a request from the history that is sent each time. */
export function threadOf(messages: readonly Message[], answer: readonly Block[]): Thread {
  const split = messages.findLastIndex((message) => message.role === 'assistant') + 1;
  const earlier = messages.slice(0, split);
  const fresh = messages.slice(split);
  const calls = new Map<string, Block>();
  for (const message of earlier)
    for (const block of message.blocks) if (isCall(block)) calls.set(block.id as string, block);
  return {
    earlier: entries(earlier, new Map()),
    resent: split,
    fresh: entries(fresh, calls),
    answer: answer.length > 0 ? entry('assistant', answer, resultsIn([...answer]), new Map()) : undefined,
  };
}

function entries(messages: readonly Message[], callsBefore: ReadonlyMap<string, Block>): Entry[] {
  return pairedEntries(messages, callsBefore).filter((candidate) => candidate.items.length > 0);
}

/** An entry for each message; one whose results are all shown with their calls is empty. */
export function pairedEntries(
  messages: readonly Message[],
  callsBefore: ReadonlyMap<string, Block> = new Map(),
): Entry[] {
  const results = resultsIn(messages.flatMap((message) => message.blocks));
  const shown = new Set(
    messages
      .flatMap((message) => message.blocks)
      .filter(isCall)
      .map((block) => block.id as string),
  );
  return messages.map((message) => {
    // A result is shown with its call where that is in the same part, and not once more.
    const own = message.blocks.filter((block) => !(isResult(block) && shown.has(block.tool_use_id as string)));
    return entry(message.role, own, results, callsBefore);
  });
}

function entry(
  role: string,
  blocks: readonly Block[],
  results: ReadonlyMap<string, Block>,
  callsBefore: ReadonlyMap<string, Block>,
): Entry {
  const calls = new Set(blocks.filter(isCall).map((block) => block.id));
  const items = blocks.flatMap((block): Item[] => {
    if (isCall(block)) return [{ kind: 'call', call: block, result: results.get(block.id as string) }];
    if (!isResult(block)) return [{ kind: 'block', block }];
    if (calls.has(block.tool_use_id)) return [];
    const call = callsBefore.get(block.tool_use_id as string);
    return [call ? { kind: 'call', call, result: block } : { kind: 'result', result: block }];
  });
  return { role, items };
}

function resultsIn(blocks: readonly Block[]): Map<string, Block> {
  return new Map(blocks.filter(isResult).map((block) => [block.tool_use_id as string, block]));
}

/** What Claude Code itself put into a user's message. */
const REMINDER = /^\s*<system-reminder>\n?([\s\S]*?)\n?<\/system-reminder>\s*$/;

export function reminderIn(text: string): string | undefined {
  return REMINDER.exec(text)?.[1];
}

/** Whether a result says that its tool failed. */
export const isFailure = (result: Block | undefined) => result?.is_error === true;

/** The argument of a call by name, where it is text. */
export function argument(call: Block, name: string): string | undefined {
  const value = isObject(call.input) ? call.input[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
