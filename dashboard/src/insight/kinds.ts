import type { CacheState, PartKind } from '../api/types';

/** What fills a context window, in words, and the colour that it has everywhere. */
export const kinds: Record<PartKind, { name: string; colour: string }> = {
  system: { name: 'System prompt', colour: 'var(--kind-system)' },
  tools: { name: 'Built-in tools', colour: 'var(--kind-tools)' },
  mcp: { name: 'MCP tools', colour: 'var(--kind-mcp)' },
  memory: { name: 'CLAUDE.md and memory', colour: 'var(--kind-memory)' },
  skills: { name: 'Skills and agents', colour: 'var(--kind-skills)' },
  reminder: { name: 'System reminders', colour: 'var(--kind-reminder)' },
  user: { name: 'Your messages', colour: 'var(--kind-user)' },
  assistant: { name: 'Assistant text', colour: 'var(--kind-assistant)' },
  thinking: { name: 'Thinking', colour: 'var(--kind-thinking)' },
  toolcall: { name: 'Tool calls', colour: 'var(--kind-toolcall)' },
  result: { name: 'Tool results', colour: 'var(--kind-result)' },
  image: { name: 'Images', colour: 'var(--kind-image)' },
  other: { name: 'Documents and others', colour: 'var(--kind-other)' },
};

export const cacheWords: Record<CacheState, string> = {
  read: 'read',
  write: 'written',
  mixed: 'part read',
  none: 'not cached',
};
