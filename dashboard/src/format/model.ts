export type ModelFamily = 'opus' | 'sonnet' | 'haiku' | 'other';

const DATE = /-(20\d{6}|latest)$/;
const NEWER = /^claude-([a-z]+)-(\d+)(?:-(\d+))?$/;
const OLDER = /^claude-(\d+)(?:-(\d+))?-([a-z]+)$/;

/** `claude-opus-5-5` is `opus 5.5`, `claude-3-5-haiku-20241022` is `haiku 3.5`; other names stay as they are. */
export function shortModel(name: string): string {
  const bare = name.replace(DATE, '').replace(/\[1m]$/, '');
  const newer = NEWER.exec(bare);
  if (newer) return `${newer[1]} ${newer[2]}${newer[3] ? '.' + newer[3] : ''}`;
  const older = OLDER.exec(bare);
  if (older) return `${older[3]} ${older[1]}${older[2] ? '.' + older[2] : ''}`;
  return name;
}

export function family(name: string | undefined): ModelFamily {
  return (['opus', 'sonnet', 'haiku'] as const).find((known) => name?.includes(known)) ?? 'other';
}
