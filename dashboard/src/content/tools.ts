import type { IconName } from '../ui/icons';

const ICONS: Record<string, IconName> = {
  Agent: 'agent',
  Bash: 'terminal',
  BashOutput: 'terminal',
  Edit: 'edit',
  Glob: 'folderSearch',
  Grep: 'search',
  KillShell: 'terminal',
  MultiEdit: 'edit',
  NotebookEdit: 'edit',
  Read: 'fileText',
  Task: 'agent',
  TodoWrite: 'todos',
  WebFetch: 'globe',
  WebSearch: 'globe',
  Write: 'fileNew',
  web_fetch: 'globe',
  web_search: 'globe',
};

export function toolIcon(name: string): IconName {
  if (Object.hasOwn(ICONS, name)) return ICONS[name]!;
  return name.startsWith('mcp__') ? 'layers' : 'tool';
}

/** `mcp__github__get_issue` is `github · get_issue`. */
export function toolTitle(name: string): string {
  const parts = name.split('__');
  return name.startsWith('mcp__') && parts.length >= 3 ? `${parts[1]} · ${parts.slice(2).join('__')}` : name;
}
