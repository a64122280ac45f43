import type { CacheVerdict } from '../api/types';

/** What became of the prompt cache, for people. */
export interface Verdict {
  title: string;
  text: string;
  broken: boolean;
}

type Cause = NonNullable<CacheVerdict['cause']>;

const causes: Record<Cause, { title: string; text: string }> = {
  ttl_expired: {
    title: 'Cache expired',
    text: 'More time went by since the request before than the cache is kept for.',
  },
  tools_changed: {
    title: 'Tools changed',
    text: 'Tools come first in the prompt, so everything behind them was paid again.',
  },
  system_changed: {
    title: 'System prompt changed',
    text: 'The system prompt comes before all messages, so these were paid again.',
  },
  history_rewritten: {
    title: 'Earlier message rewritten',
    text: 'Something that was sent before was sent differently this time.',
  },
  model_changed: { title: 'Model changed', text: 'Each model has a cache of its own.' },
  compaction: { title: 'Conversation compacted', text: 'A summary stands where the earlier messages were.' },
  server_miss: {
    title: 'Lost by the provider',
    text: 'The prompt began as the one before did and the cache was fresh, yet it was not read.',
  },
};

export function verdictOf(cache: CacheVerdict): Verdict {
  switch (cache.state) {
    case 'hit':
      return { title: 'Cache read', text: 'What the request before had left in the cache was read.', broken: false };
    case 'first':
      return { title: 'First request of its thread', text: 'There was nothing to read yet.', broken: false };
    case 'none':
      return { title: 'No cache in use', text: 'Neither this request nor the one before used it.', broken: false };
    case 'break': {
      const known = cache.cause ? causes[cache.cause] : undefined;
      return {
        title: known?.title ?? 'Cache not read',
        text: (known?.text ?? '') + (cache.certain ? '' : ' (Inferred: nothing else explains it.)'),
        broken: true,
      };
    }
  }
}
