// Steps of steps.mjs about the screens beside requests and sessions.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { close, open } from './browser.mjs';
import { exchange, writeSessionFile } from './workload.mjs';

const STRANGE_SESSION = '7d1c9a52-6b3e-4f0e-8c11-5d2f6a7b8c94';
const SESSION = '7d1c9a52-6b3e-4f0e-8c11-5d2f6a7b8c93';

/** What must be shown as it is, wherever it stands. */
const STRANGE = [
  '<img src=x onerror="window.hacked = 1">',
  '</script><script>window.hacked = 2</script>',
  '{{constructor.constructor("window.hacked = 3")()}} ${window.hacked = 4}',
  '"><svg onload="window.hacked = 5"></svg>',
  '__proto__',
  'javascript:window.hacked=6',
  '&lt;b&gt; &amp; &#60;',
  '\u202Eright to left\u202C and back',
  'Z\u0351\u036B\u0343a\u0321\u034Al\u0489g\u0321o',
  '日本語と\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  '%00 %s %n ../../etc/passwd',
  '**[a](javascript:window.hacked=7)**',
];

export const screenSteps = {
  async 'strange strings are shown as they are on every screen'({ browser, dashboard, proxy, claude, corpora }) {
    const file = `${corpora}/display/naughty-strings.json`;
    const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).filter((text) => text.trim() !== '') : [];
    const all = [...new Set([...STRANGE, ...known])];
    const some = [...STRANGE, ...known.filter((_, i) => i % 12 === 0)];
    await exchange(proxy, {
      session: STRANGE_SESSION,
      body: {
        model: STRANGE[0],
        system: all.map((text, i) => ({ type: 'text', text: `${i}:${text}` })),
        tools: all.map((text, i) => ({ name: `${i}:${text}`, description: text, input_schema: { type: 'object' } })),
        messages: [{ role: 'user', content: STRANGE.join(' ') }],
      },
      order: {
        blocks: some.map((text, i) => ({ type: 'tool_use', id: `toolu_z${i}`, name: text, input: { a: text } })),
      },
    });
    for (const text of some) {
      const body = { model: 'claude-opus-5-5', messages: [{ role: 'user', content: text }] };
      await exchange(proxy, { session: crypto.randomUUID(), body, order: { say: text } });
      if (claude && STRANGE.includes(text)) writeSessionFile(claude, crypto.randomUUID(), text, text, 'req_strange');
    }
    const page = await open(browser, dashboard + '/prompts');
    const ask = async (path) => (await fetch(dashboard + path)).json();
    const hashes = (await ask('/api/prompts?limit=20')).items;
    const texts = (selector) => page.locator(selector).evaluateAll((found) => found.map((one) => one.textContent));
    for (const part of ['system', 'tools']) {
      await page.goto(`${dashboard}/prompts/${hashes.find((version) => version.part === part).hash}`);
      await page.getByRole('heading', { name: 'What it says' }).waitFor();
      if (part === 'system') await page.keyboard.press('m');
      else await page.keyboard.press('x');
      const shown = new Set(await texts(part === 'system' ? 'pre' : 'section b'));
      const missing = all.map((text, i) => `${i}:${text}`).filter((text) => !shown.has(text));
      assert.deepEqual(missing, [], part);
    }
    const { items } = await ask('/api/sessions?limit=50');
    await page.goto(dashboard + '/sessions');
    await page
      .locator('li a[href^="/sessions/"]')
      .nth(items.length - 1)
      .waitFor();
    const titles = await texts('li a[href^="/sessions/"] b');
    assert.deepEqual(
      items.map(({ title }) => title ?? 'Untitled session').filter((title) => !titles.includes(title)),
      [],
    );
    await page.goto(`${dashboard}/sessions/${STRANGE_SESSION}`);
    await page.getByRole('heading', { name: 'What it did' }).waitFor();
    await page.getByText(STRANGE[0], { exact: false }).first().waitFor();
    const { tools } = await ask('/api/stats');
    await page.goto(dashboard + '/insights');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    const named = await texts('li .name');
    assert.deepEqual(
      tools
        .slice(0, 10)
        .map(({ tool }) => tool)
        .filter((tool) => !named.includes(tool)),
      [],
    );
    const [{ id }] = (await ask(`/api/exchanges?limit=1&q=${encodeURIComponent(`session:${STRANGE_SESSION}`)}`)).items;
    for (const path of [
      '/requests',
      `/requests/${id}?tab=context`,
      `/requests/${id}?tab=changes`,
      '/limits',
      `/routes?exchange=${id}`,
    ]) {
      await page.goto(dashboard + path);
      await page.waitForFunction(() => document.querySelector('.loading, .skeleton') === null);
    }
    await page.getByRole('heading', { name: 'No rule decides' }).waitFor();
    await page.goto(dashboard + '/conversations');
    if (claude) {
      for (const text of STRANGE) await page.locator('.said').getByText(text, { exact: true }).first().waitFor();
    }
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await close(page);
    return `${all.length} strings`;
  },

  async 'a subagent is reached from the call that started it'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests?q=' + encodeURIComponent('session:a41c6f0e tool=Agent'));
    await page.locator('[role=row][data-id]').first().click();
    const card = page.locator('a[href*="?agent="]');
    await card.filter({ hasText: '1 request' }).click();
    await page.waitForURL('**/sessions/*?agent=a0123456789abcdef');
    await page.getByText('Only steps of').waitFor();
    assert.equal(await page.locator('ol a[href^="/requests/"]').count(), 1);
    await page.getByRole('link', { name: 'Show all steps' }).click();
    await page.locator('ol a[href^="/requests/"]').nth(5).waitFor();
    await close(page);
  },

  async 'the banner says when the proxy is silent, and that it is paused'({ browser, dashboard, proxy }) {
    const page = await open(browser, dashboard + '/requests');
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.keyboard.press('p');
    await page.getByText('Live updates are paused.').waitFor();
    const body = { model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'Held back' }] };
    await exchange(proxy, { session: SESSION, body, order: { say: 'Held back while paused' } });
    await page.getByText('1 change waits.').waitFor();
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'Held back while paused' }).waitFor();
    await page.route('**/livez', (asked) => asked.abort());
    await page.reload();
    await page.getByText('The proxy has not answered since').waitFor();
    await page.unroute('**/livez');
    await page.getByText('The proxy has not answered since').waitFor({ state: 'detached' });
    page.said = page.said.filter((line) => !line.includes('ERR_FAILED'));
    await close(page);
  },

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
