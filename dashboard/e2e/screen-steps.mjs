// Steps of steps.mjs about the screens beside requests and sessions.
import assert from 'node:assert/strict';
import { close, open } from './browser.mjs';
import { exchange } from './workload.mjs';

const SESSION = '7d1c9a52-6b3e-4f0e-8c11-5d2f6a7b8c93';

export const screenSteps = {
  async 'a mistyped address says so, and leads back'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests/no-such-id');
    await page.getByRole('heading', { name: 'There is no such request' }).waitFor();
    await page.getByText('None has the id no-such-id').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.waitForURL('**/requests');
    await close(page);
  },

  async 'prompts are listed by what they are versions of, and show what changed'({ browser, dashboard, proxy }) {
    const tool = (name, description) => ({ name, description, input_schema: { type: 'object', properties: {} } });
    const send = (client, beta, system, tools) =>
      exchange(proxy, {
        session: SESSION,
        client,
        beta,
        body: {
          model: 'claude-opus-5-5',
          system: [{ type: 'text', text: system }],
          tools,
          messages: [{ role: 'user', content: 'Hello' }],
        },
        order: { say: 'With a prompt' },
      });
    const before = [tool('Bash', 'Runs a command.'), tool('Glob', 'Finds files.')];
    const after = [tool('Bash', 'Runs a **command** in a shell.'), tool('Grep', 'Finds text.')];
    await send('2.1.330', 'context-1', '# Tone\n\nBe kind.', before);
    await send('2.1.331', 'context-2', '# Tone\n\nBe kind and quick.', after);
    const page = await open(browser, dashboard + '/requests');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.waitForURL('**/prompts');
    const card = page.locator('section').filter({ hasText: 'System prompt of the main agent' });
    const newest = card.getByRole('listitem').first();
    await newest.filter({ hasText: 'claude-cli 2.1.331' }).waitFor();
    await newest.getByRole('link').click();
    await page.getByRole('heading', { name: /^System prompt of the main agent/ }).waitFor();
    await page.getByRole('heading', { name: /^Compared with the version before/ }).waitFor();
    await page.locator('ins, mark').filter({ hasText: 'and quick' }).first().waitFor();
    await page.getByRole('heading', { name: 'Tone', level: 4 }).waitFor();
    await page.getByRole('link', { name: /^the version before/ }).click();
    await page.getByRole('paragraph').getByText('Be kind.', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL('**/prompts');
    const tools = page.locator('section').filter({ hasText: 'Tools of the main agent' });
    await tools.getByRole('link').first().click();
    for (const said of ['added', 'removed', 'changed']) {
      await page.locator('.tag', { hasText: said }).first().waitFor();
    }
    await page.keyboard.press('x');
    await page.locator('strong', { hasText: 'command' }).waitFor();
    await page.goto(dashboard + '/prompts?view=clients');
    await page.getByRole('combobox', { name: 'What changed from' }).waitFor();
    for (const said of ['context-1', 'context-2', 'Glob', 'Grep']) await page.getByText(said).first().waitFor();
    await page.getByRole('combobox', { name: 'to', exact: true }).selectOption('2.1.330');
    await page.waitForURL('**to=2.1.330');
    await page.getByRole('link', { name: 'last request of the one' }).click();
    await page.locator('.title').getByText('With a prompt').waitFor();
    await close(page);
  },

  async 'routes show rules, what they matched, who works, and what rules make of recorded requests'({
    browser,
    dashboard,
    proxy,
  }) {
    await exchange(proxy, {
      session: SESSION,
      body: {
        model: 'claude-elsewhere-1',
        top_k: 5,
        messages: [{ role: 'user', content: 'Who are you?' }],
      },
      order: { say: 'Not said by anybody' },
    });
    const page = await open(browser, dashboard + '/requests?q=model%3Aelsewhere');
    await page.getByRole('row').filter({ hasText: 'Said elsewhere.' }).click();
    await page.getByText('Answered by openai, gpt-4o').waitFor();
    await page.getByText('`top_k` is not sent.').waitFor();
    await page.getByRole('link', { name: 'Why' }).click();
    await page.waitForURL('**/routes?exchange=*');
    await page.getByRole('heading', { name: 'elsewhere decides' }).waitFor();
    await page.getByText('`top_k` is not sent.').waitFor();
    const rule = (name) => page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
    await rule('elsewhere').filter({ hasText: '1 matched' }).first().waitFor();
    await rule('subagent no-such-agent').filter({ hasText: '0 matched' }).first().waitFor();
    await page.getByText('no definition was found').waitFor();
    await page.getByRole('row', { name: /^openai .* works$/ }).waitFor();
    await page.getByRole('textbox', { name: 'Request to explain' }).fill('');
    await page
      .getByRole('textbox', { name: 'Rules to try' })
      .fill('- name: kept away\n  modle: claude-*\n  refuse: no');
    await page.getByRole('button', { name: 'Simulate' }).click();
    await page.getByRole('status').filter({ hasText: 'model' }).waitFor();
    await page
      .getByRole('textbox', { name: 'Rules to try' })
      .fill('- name: kept away\n  model: claude-else*\n  refuse: no');
    await page.getByRole('button', { name: 'Simulate' }).click();
    await page.getByRole('heading', { name: /^1 request of the latest/ }).waitFor();
    await page.getByRole('link').filter({ hasText: 'kept away' }).click();
    await page.locator('.title').getByText('Said elsewhere.').waitFor();
    page.said = page.said.filter((line) => !line.includes('400 (Bad Request)'));
    await close(page);
  },
};
