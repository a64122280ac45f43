import type { ConversationRecords } from '../api/types';
import { blocksOf, isObject, type Json, type Message } from '../detail/messages';
import { pairedEntries, type Entry } from '../detail/thread';

export interface Shown {
  /** Cursor of the record. */
  at: string;
  time: number | undefined;
  /** What was said, or nothing where the record is of another kind. */
  entry: Entry | undefined;
  /** The record itself, where it is no message; undefined where its line was too long. */
  other: Json | undefined;
  kind: string;
}

/** The records of a session file as a conversation; what is no message is kept as it is. */
export function shownRecords(records: ConversationRecords['items']): Shown[] {
  const messages = records.map(({ record }) => messageOf(record));
  const entries = pairedEntries(messages.map((message) => message ?? { role: '', blocks: [] }));
  return records.map(({ at, record }, i) => {
    const whole = isObject(record) ? record : undefined;
    const time = typeof whole?.timestamp === 'string' ? Date.parse(whole.timestamp) : Number.NaN;
    return {
      at,
      time: Number.isNaN(time) ? undefined : time,
      entry: messages[i] ? entries[i] : undefined,
      other: messages[i] ? undefined : whole,
      kind: typeof whole?.type === 'string' ? whole.type : 'a line that is too long',
    };
  });
}

function messageOf(record: unknown): Message | undefined {
  if (!isObject(record) || (record.type !== 'user' && record.type !== 'assistant')) return undefined;
  const message = record.message;
  return isObject(message) ? { role: record.type, blocks: blocksOf(message.content) } : undefined;
}

/** `-home-alice-shop` is written as Claude Code names its folder; its last part is what people call it. */
export const folderName = (project: string) => project.replace(/^-/, '').split('-').at(-1) || project;
