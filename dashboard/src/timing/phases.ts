import type { ExchangeSummary, StreamEvent, Timing } from '../api/types';

export interface Phase {
  name: string;
  /** Milliseconds since the request began. */
  start: number;
  end: number;
  colour: string;
  aside: string;
}

/** What an answer's blocks are called, and their colour everywhere. */
const BLOCKS: Record<string, [string, string]> = {
  text: ['Text', 'var(--kind-assistant)'],
  thinking: ['Thinking', 'var(--kind-thinking)'],
  redacted_thinking: ['Thinking, encrypted', 'var(--kind-thinking)'],
  tool_use: ['Tool call', 'var(--kind-toolcall)'],
};

/** The phases before the first content, in their order. */
export function waitingPhases(row: ExchangeSummary, timing: Timing): Phase[] {
  const phases: Phase[] = [];
  const add = (name: string, start: number, end: number | undefined, colour: string, aside = '') => {
    if (end !== undefined && end >= start) phases.push({ name, start, end, colour, aside });
  };
  add(
    'Until the head of the answer',
    0,
    timing.head,
    'var(--text-3)',
    `${row.reqBytes.toLocaleString('en-US')} bytes sent`,
  );
  add('Until the first byte', timing.head ?? 0, timing.firstByte, 'var(--line-2)');
  add('Until the first content', timing.firstByte ?? timing.head ?? 0, timing.firstContent, 'var(--info)');
  return phases;
}

/** One phase for each block of a streamed answer. */
export function blockPhases(events: readonly StreamEvent[]): Phase[] {
  const phases = new Map<number, Phase & { characters: number }>();
  for (const event of events) {
    if (event.t === undefined || !event.type.startsWith('content_block')) continue;
    const data = parsed(event.data);
    const index = data?.index ?? -1;
    if (event.type === 'content_block_start') {
      const [name, colour] = BLOCKS[data?.content_block?.type ?? ''] ?? [
        data?.content_block?.type ?? 'Block',
        'var(--info)',
      ];
      const title = data?.content_block?.name ? `${name}: ${data.content_block.name}` : name;
      phases.set(index, { name: title, start: event.t, end: event.t, colour, aside: '', characters: 0 });
    } else {
      const phase = phases.get(index);
      if (!phase) continue;
      phase.end = event.t;
      const delta = data?.delta;
      phase.characters += (delta?.text ?? delta?.thinking ?? delta?.partial_json ?? '').length;
    }
  }
  return [...phases.values()].map(({ characters, ...phase }) => ({
    ...phase,
    aside: speed(characters, phase.end - phase.start),
  }));
}

function speed(characters: number, millis: number): string {
  const count = `${characters.toLocaleString('en-US')} characters`;
  return millis >= 50 ? `${count}, ${Math.round(characters / (millis / 1_000)).toLocaleString('en-US')}/s` : count;
}

interface EventData {
  index?: number;
  content_block?: { type?: string; name?: string };
  delta?: { text?: string; thinking?: string; partial_json?: string };
}

export function parsed(data: string): EventData | undefined {
  try {
    return JSON.parse(data) as EventData;
  } catch {
    return undefined;
  }
}

/** What an event says, on one line. */
export function gist(event: StreamEvent): string {
  const data = parsed(event.data);
  const delta = data?.delta;
  const text = delta?.text ?? delta?.thinking ?? delta?.partial_json;
  if (text !== undefined) return text;
  if (data?.content_block) return [data.content_block.type, data.content_block.name].filter(Boolean).join(' ');
  return event.data;
}

/** Times for the scale: about four, at round numbers. */
export function ticks(end: number): number[] {
  const rough = end / 4;
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(rough, 0.001)));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= rough)!;
  const list: number[] = [];
  for (let at = 0; at <= end * 1.0001; at += step) list.push(at);
  return list;
}
