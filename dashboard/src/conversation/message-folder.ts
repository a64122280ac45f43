import { isObject, type Block, type Json } from '../detail/messages';

interface Folded {
  [name: string]: Json | Block[] | undefined;
  content: Block[];
}

/** Folds the events of a stream into the message that they add up to, as far as they have come. */
export class MessageFolder {
  message: Folded = { content: [] };
  private readonly inputs = new Map<number, string>();

  /** Takes the data of one event; what is no JSON or of no known kind is passed over. */
  take(data: string): void {
    const event = parsed(data);
    if (!isObject(event)) return;
    const index = typeof event.index === 'number' ? event.index : -1;
    if (event.type === 'message_start' && isObject(event.message)) {
      this.message = { ...event.message, content: [] };
    } else if (event.type === 'content_block_start' && isObject(event.content_block)) {
      this.message.content[index] = { ...event.content_block } as Block;
    } else if (event.type === 'content_block_delta' && isObject(event.delta)) {
      const block = this.message.content[index];
      if (block) this.message.content[index] = this.grown(block, index, event.delta);
    } else if (event.type === 'message_delta' && isObject(event.delta)) {
      Object.assign(this.message, event.delta);
    } else if (event.type === 'error') {
      this.message.error = event.error;
    }
  }

  /** A new block each time, so that who shows it sees that it changed. */
  private grown(block: Block, index: number, delta: { [name: string]: Json }): Block {
    switch (delta.type) {
      case 'text_delta':
        return { ...block, text: String(block.text ?? '') + String(delta.text ?? '') };
      case 'thinking_delta':
        return { ...block, thinking: String(block.thinking ?? '') + String(delta.thinking ?? '') };
      case 'input_json_delta':
        return { ...block, input: this.input(index, String(delta.partial_json ?? '')) };
      case 'citations_delta':
        return {
          ...block,
          citations: [...(Array.isArray(block.citations) ? block.citations : []), delta.citation ?? null],
        };
      default:
        return block;
    }
  }

  /** The input as far as it is whole JSON; before, its text. */
  private input(index: number, piece: string): Json {
    const text = (this.inputs.get(index) ?? '') + piece;
    this.inputs.set(index, text);
    return (text.endsWith('}') ? parsed(text) : undefined) ?? { '…': text };
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
