// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { PromptVersion, RoutingRule } from '../src/api/types';
import ChartTable from '../src/insights/ChartTable.svelte';
import { newestFirst, releases, isOlder } from '../src/prompts/releases';
import { toolOf } from '../src/prompts/tool';
import { clientName, lineages, shortHash, titleOf } from '../src/prompts/versions';
import { circuitOf } from '../src/routes/circuit';
import RuleList from '../src/routes/RuleList.svelte';
import { show } from './show';

const version = (part: PromptVersion['part'], agent: string, hash: string): PromptVersion => ({
  part,
  agent,
  hash,
  first: 0,
  last: 0,
  exchange: 'x',
});

describe('prompts', () => {
  it('are versions of one thing where part and agent are the same', () => {
    const found = lineages([
      version('system', 'main', 'system-b'),
      version('tools', 'main', 'tools-a'),
      version('system', 'main', 'system-a'),
      version('system', 'code-reviewer', 'system-c'),
    ]);
    expect(found.map(({ title, versions }) => [title, versions.length])).toEqual([
      ['System prompt of the main agent', 2],
      ['Tools of the main agent', 1],
      ['System prompt of code-reviewer', 1],
    ]);
    expect(titleOf(version('tools', '__proto__', ''))).toBe('Tools of __proto__');
    expect(shortHash('system-0123456789abcdef')).toBe('01234567');
    expect(clientName('claude-cli/2.1.330')).toBe('claude-cli 2.1.330');
  });

  it('are compared between releases, ordered by their numbers', () => {
    const seen = newestFirst(
      releases([
        { agent: 'claude-cli/2.1.9 (external, cli)' },
        { agent: 'claude-cli/2.1.10 (external, cli)' },
        { agent: 'claude-cli/2.1.10 (external, sdk-cli)' },
        { agent: 'curl' },
      ]),
    );
    expect(seen.map(({ version: number }) => number)).toEqual(['2.1.10', '2.1.9']);
    expect(isOlder(seen[1]!, seen[0]!)).toBe(true);
  });

  it('of tools have their description apart, where they are whole', () => {
    expect(toolOf('{"name":"Bash","description":"Runs","input_schema":{}}')).toEqual({
      description: 'Runs',
      rest: { name: 'Bash', input_schema: {} },
    });
    expect(toolOf('{"name":"Ba')).toBeUndefined();
    expect(toolOf('[]')).toBeUndefined();
    expect(toolOf('{"type":"x"}')).toEqual({ description: '', rest: { type: 'x' } });
  });
});

describe('rules', () => {
  const rule: RoutingRule = {
    name: 'reviews',
    conditions: { agent: ['code-reviewer', 'docs-*'] },
    targets: ['openai/gpt-4o', 'anthropic/claude-haiku-5-5'],
    matched: 0,
    passedOver: 120,
    suspicious: true,
  };

  it('say what they ask, whom they name, and that nothing ever fitted', () => {
    const text = show(RuleList, { rules: [rule] }).textContent.replace(/\s+/g, ' ');
    expect(text).toContain('code-reviewer');
    expect(text).toContain('docs-*');
    expect(text).toMatch(/openai\/gpt-4o ?else ?anthropic\/claude-haiku-5-5/);
    expect(text).toContain('None of 120 requests that were looked at matched');
  });

  it('are silent about a rule that works, and name what is refused', () => {
    const text = show(RuleList, {
      rules: [{ ...rule, targets: [], refusal: 'Too long', matched: 3, passedOver: 2, suspicious: false }],
    }).textContent;
    expect(text).toContain('Too long');
    expect(text).not.toContain('looked at matched');
  });
});

describe('a circuit', () => {
  it('is told in words, one of another version as it is', () => {
    expect(['closed', 'open', 'half_open', 'burnt'].map((state) => circuitOf(state).word)).toEqual([
      'works',
      'not asked',
      'being tried',
      'burnt',
    ]);
  });
});

describe('a chart', () => {
  it('is a table too, without stretches of which nothing is known', () => {
    const layers = [
      { name: 'read', colour: '', values: [undefined, 5, undefined] },
      { name: 'new', colour: '', values: [undefined, undefined, 7] },
    ];
    const place = show(ChartTable, { title: 'Input', x: [0, 3_600_000, 7_200_000], layers, format: String });
    const rows = [...place.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')]);
    expect(rows.map((cells) => cells.map((cell) => cell.textContent))).toEqual([
      ['–', '7'],
      ['5', '–'],
    ]);
  });
});
