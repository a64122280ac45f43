import { screens } from './screens';

export interface Shortcut {
  keys: string[];
  text: string;
}

/** What the help sheet lists. */
export const shortcuts: { title: string; list: Shortcut[] }[] = [
  {
    title: 'Anywhere',
    list: [
      { keys: ['Ctrl', 'K'], text: 'Search or jump' },
      { keys: ['/'], text: 'Filter the list' },
      { keys: ['?'], text: 'This help' },
      { keys: ['T'], text: 'Switch theme' },
      { keys: ['P'], text: 'Pause live updates' },
      ...screens.map((screen) => ({ keys: ['G', screen.key.toUpperCase()], text: screen.title })),
    ],
  },
  {
    title: 'List',
    list: [
      { keys: ['J', 'K'], text: 'Next, previous request' },
      { keys: ['↓', '↑', 'PgDn', 'PgUp'], text: 'Move' },
      { keys: ['Home', 'End'], text: 'First, last' },
      { keys: ['Enter'], text: 'Open' },
      { keys: ['Esc'], text: 'Close, then clear the filter' },
      { keys: ['F'], text: 'Follow the newest' },
    ],
  },
  {
    title: 'Detail',
    list: [
      { keys: ['1', '…', '8'], text: 'Switch tab' },
      { keys: ['[', ']'], text: "Same agent's previous, next turn" },
      { keys: ['E'], text: 'Next error' },
      { keys: ['B'], text: 'Next cache break' },
      { keys: ['C'], text: 'Copy request id' },
      { keys: ['S'], text: 'Star, or take the star away' },
      { keys: ['X'], text: 'Expand all blocks' },
      { keys: ['M'], text: 'Markdown or plain text' },
    ],
  },
];
