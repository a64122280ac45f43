import type { PromptVersion } from '../api/types';

/** The versions of one thing, such as the tools of the main agent; the one that was sent last first. */
export interface Lineage {
  key: string;
  title: string;
  versions: PromptVersion[];
}

const parts: Record<PromptVersion['part'], string> = { system: 'System prompt', tools: 'Tools' };

/** Whose a prompt is: the kinds of contract.md are no names of agents. */
const agents: Record<string, string> = {
  main: 'the main agent',
  subagent: 'unnamed subagents',
  title: 'session titles',
  compaction: 'compactions',
  count_tokens: 'token counts',
  classifier: 'classifiers',
  other: 'other requests',
};

export function titleOf(version: PromptVersion): string {
  const agent = Object.hasOwn(agents, version.agent) ? agents[version.agent]! : version.agent;
  return `${parts[version.part]} of ${agent}`;
}

/** Versions in the order of the answer, which is that of their last use, under what they are versions of. */
export function lineages(versions: readonly PromptVersion[]): Lineage[] {
  const found = new Map<string, Lineage>();
  for (const version of versions) {
    const key = `${version.part} ${version.agent}`;
    const lineage = found.get(key);
    if (lineage) lineage.versions.push(version);
    else found.set(key, { key, title: titleOf(version), versions: [version] });
  }
  return [...found.values()];
}

/** `system-0123456789abcdef` is `01234567`. */
export const shortHash = (hash: string) => hash.slice(hash.indexOf('-') + 1).slice(0, 8);

/** `claude-cli/2.1.330` is `claude-cli 2.1.330`. */
export const clientName = (client: string) => client.replace('/', ' ');
