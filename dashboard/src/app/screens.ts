import type { Component } from 'svelte';
import type { IconName } from '../ui/icons';

/** A screen: where it is, how it is reached, and how its code is loaded. A new one is a new line here. */
export interface Screen {
  title: string;
  /** What the rail says, where the title is too long for it. */
  word?: string;
  path: string;
  icon: IconName;
  /** The key after G. */
  key: string;
  matches: (path: string) => boolean;
  load: () => Promise<{ default: Component }>;
}

const under = (path: string) => (asked: string) => asked === path || asked.startsWith(path + '/');

export const screens: Screen[] = [
  {
    title: 'Requests',
    path: '/requests',
    icon: 'list',
    key: 'r',
    matches: (path) => path === '/' || under('/requests')(path),
    load: () => import('../requests/Requests.svelte'),
  },
  {
    title: 'Sessions',
    path: '/sessions',
    icon: 'layers',
    key: 's',
    matches: under('/sessions'),
    load: () => import('../sessions/Sessions.svelte'),
  },
  {
    title: 'Insights',
    path: '/insights',
    icon: 'chart',
    key: 'm',
    matches: under('/insights'),
    load: () => import('../insights/Insights.svelte'),
  },
  {
    title: 'Prompts',
    path: '/prompts',
    icon: 'prompts',
    key: 'p',
    matches: under('/prompts'),
    load: () => import('../prompts/Prompts.svelte'),
  },
  {
    title: 'Conversations',
    word: 'Chats',
    path: '/conversations',
    icon: 'messages',
    key: 'c',
    matches: under('/conversations'),
    load: () => import('../conversations/Conversations.svelte'),
  },
  {
    title: 'Routes',
    path: '/routes',
    icon: 'routes',
    key: 'o',
    matches: under('/routes'),
    load: () => import('../routes/RoutesPage.svelte'),
  },
  {
    title: 'Limits',
    path: '/limits',
    icon: 'gauge',
    key: 'l',
    matches: under('/limits'),
    load: () => import('../limits/Limits.svelte'),
  },
  {
    title: 'Settings',
    path: '/settings',
    icon: 'settings',
    key: ',',
    matches: under('/settings'),
    load: () => import('../settings/Settings.svelte'),
  },
];
