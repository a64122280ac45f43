import type { Changes, ChangesBlock } from '../api/types';

/** What a block means for the prompt cache, which ends at the first difference. */
export type BlockState = 'prefix' | 'changed' | 'removed' | 'again' | 'added';

export interface MapBlock {
  state: BlockState;
  block: ChangesBlock;
}

/** Blocks in the order of the cache: behind the first change also what is the same is paid again. */
export function mapOf(changes: Changes): MapBlock[] {
  let parted = false;
  return changes.blocks.map((block) => {
    if (block.change === 'changed' || block.change === 'removed') parted = true;
    return { block, state: stateOf(block, parted) };
  });
}

function stateOf(block: ChangesBlock, parted: boolean): BlockState {
  switch (block.change) {
    case 'same':
      return parted ? 'again' : 'prefix';
    case 'changed':
    case 'removed':
    case 'added':
      return block.change;
  }
}

export interface MapPart {
  state: BlockState;
  /** What the part begins with; several neighbours of one state are one part. */
  label: string;
  count: number;
  tokens: number;
}

/** Longest map: a conversation may have thousands of blocks, a screen has not. */
const MOST_PARTS = 160;

/** The parts of the map: blocks, or runs of equal ones where there are too many. */
export function partsOf(map: readonly MapBlock[]): MapPart[] {
  const single = map.map(({ state, block }) => ({ state, label: block.label, count: 1, tokens: block.tokens }));
  if (single.length <= MOST_PARTS) return single;
  const merged: MapPart[] = [];
  const most = Math.ceil(single.length / MOST_PARTS);
  for (const part of single) {
    const last = merged.at(-1);
    if (last && last.state === part.state && last.count < most) {
      last.count++;
      last.tokens += part.tokens;
    } else merged.push({ ...part });
  }
  return merged;
}

export const stateWords: Record<BlockState, { words: string; colour: string }> = {
  prefix: { words: 'unchanged from the start', colour: 'var(--cache-read)' },
  changed: { words: 'differs', colour: 'var(--err)' },
  removed: { words: 'removed', colour: 'var(--text-3)' },
  again: { words: 'unchanged, but behind a difference: paid again', colour: 'var(--cache-written)' },
  added: { words: 'added', colour: 'var(--cache-output)' },
};
