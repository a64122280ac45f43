import type { Component } from 'svelte';
import type { ExchangeDetail } from '../api/types';

export interface TabProps {
  detail: ExchangeDetail;
}

export interface Tab {
  name: string;
  title: string;
  load: () => Promise<{ default: Component<TabProps> }>;
}

/** The views of one exchange, in the order of the keys 1 and on. A new one is a new line here. */
export const tabs: Tab[] = [
  { name: 'conversation', title: 'Conversation', load: () => import('../conversation/Conversation.svelte') },
  { name: 'context', title: 'Context', load: () => import('../insight/ContextTab.svelte') },
  { name: 'changes', title: 'Changes', load: () => import('../insight/ChangesTab.svelte') },
  { name: 'timing', title: 'Timing', load: () => import('../timing/Timing.svelte') },
  { name: 'request', title: 'Request', load: () => import('./RequestTab.svelte') },
  { name: 'response', title: 'Response', load: () => import('./ResponseTab.svelte') },
  { name: 'headers', title: 'Headers', load: () => import('./Headers.svelte') },
  { name: 'raw', title: 'Raw', load: () => import('./Raw.svelte') },
];
