/** What is recorded, as the screens see it: open shapes, because clients and providers add to them. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Block {
  type: string;
  [name: string]: Json | undefined;
}

export interface Message {
  role: string;
  blocks: Block[];
}

/** Stands for a text of more than 64 KiB: how long it is, and where the whole body can be read. */
export interface LongText {
  truncated: true;
  bytes: number;
  href: string;
}

export type Text = string | LongText;

export function isObject(value: unknown): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isLongText(value: unknown): value is LongText {
  return (
    isObject(value) && value.truncated === true && typeof value.href === 'string' && typeof value.bytes === 'number'
  );
}

export const isText = (value: unknown): value is Text => typeof value === 'string' || isLongText(value);

/** The messages of a request; what is not of their form is left to the JSON view. */
export function messagesOf(request: unknown): Message[] {
  const list = isObject(request) && Array.isArray(request.messages) ? request.messages : [];
  return list.filter(isObject).map((message) => ({
    role: typeof message.role === 'string' ? message.role : 'unknown',
    blocks: blocksOf(message.content),
  }));
}

/** A text alone is one text block. */
export function blocksOf(content: Json | undefined): Block[] {
  if (isText(content)) return [{ type: 'text', text: content as Json }];
  if (!Array.isArray(content)) return [];
  return content.map((block) =>
    isObject(block) && typeof block.type === 'string' ? (block as Block) : { type: 'unknown', value: block },
  );
}

/** The message that was answered, if the answer has the form of one. */
export function answerOf(response: unknown): Block[] {
  return isObject(response) && Array.isArray(response.content) ? blocksOf(response.content) : [];
}

/** The error of an answer that is one. */
export function errorOf(response: unknown): { type: string; message: string } | undefined {
  const error = isObject(response) && isObject(response.error) ? response.error : undefined;
  if (!error) return undefined;
  return { type: String(error.type ?? 'error'), message: typeof error.message === 'string' ? error.message : '' };
}
