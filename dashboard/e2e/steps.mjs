// What a person with a browser sees of the real program. Steps run in this order on one store, which begins empty.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { axe, close, open } from './browser.mjs';
import { screenSteps } from './screen-steps.mjs';
import { exchange, mixedLoad, reminder, writeSessionFile } from './workload.mjs';

const SESSION = '0b9d3c52-7a61-4f0e-8c11-5d2f6a7b8c90';
const TALK = '5e7a1c44-3b1d-4f0e-8c11-5d2f6a7b8c92';

/** As the dashboard writes money and shares. */
const dollars = ({ exact, estimated }) => `$${(exact + estimated).toFixed(exact + estimated < 0.9995 ? 3 : 2)}`;
const share = (part, whole) => `${((part / whole) * 100).toFixed(1)}%`;

export const steps = {
  async 'the first page waits and gives the exact command'({ browser, dashboard, proxy }) {
    const page = await open(browser, dashboard);
    await page.getByRole('heading', { name: 'Waiting for the first request' }).waitFor();
    await page.getByText(`export ANTHROPIC_BASE_URL=${proxy}`).waitFor();
    await page.getByText('What this proxy changes').waitFor();
    assert.deepEqual(await axe(page), []);
    await close(page);
  },

  async 'a request appears while it runs, its answer word by word, and its end'({
    browser,
    dashboard,
    proxy,
    upstream,
  }) {
    const page = await open(browser, dashboard + '/requests');
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    const sent = exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'Count' }] },
      order: { say: 'One two threefour five six seven eight', hold: 'count' },
    });
    const row = page.getByRole('row').filter({ hasText: 'opus 5.5' });
    await row.filter({ hasText: 'waiting for the answer' }).waitFor();
    await row.click();
    await page.getByText('Response, as it comes').waitFor();
    await page.getByText('One two thre', { exact: true }).waitFor();
    upstream.release('count');
    await page.getByText('One two threefour five s', { exact: true }).waitFor();
    for (let i = 0; i < 10; i++) upstream.release('count');
    await sent;
    await page.getByText('One two threefour five six seven eight', { exact: true }).last().waitFor();
    await page.getByText('Response, as it comes').waitFor({ state: 'detached' });
    await page.locator('.title').getByText('200', { exact: true }).waitFor();
    await close(page);
  },

  async 'a running request can be cancelled'({ browser, dashboard, proxy, upstream }) {
    const page = await open(browser, dashboard + '/requests');
    // An element of the list shows another row when older ones are loaded behind it.
    await page.getByRole('row').filter({ hasText: 'opus 5.5' }).waitFor();
    const sent = exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-haiku-5-5', messages: [{ role: 'user', content: 'Never mind' }] },
      order: { say: 'This will not be said to its end', hold: 'cancelled' },
    }).catch(() => 'cut');
    await page.getByRole('row').filter({ hasText: 'haiku 5.5' }).click();
    await page.getByText('This will no').waitFor();
    await page.getByRole('button', { name: 'Cancel this request' }).click();
    assert.equal(await sent, 'cut');
    await page.locator('.title').getByText('200', { exact: true }).waitFor();
    await page.locator('dd').getByText('cancelled').waitFor();
    upstream.release('cancelled');
    await close(page);
  },

  async 'everything that Claude Code produces is shown'({ browser, dashboard, proxy }) {
    await mixedLoad(proxy);
    const page = await open(
      browser,
      dashboard + '/requests?q=' + encodeURIComponent('session:a41c6f0e kind:main "retry budget is in place"'),
    );
    await page.getByRole('row').filter({ hasText: 'The retry budget is in place' }).click();
    await page.getByRole('heading', { name: 'What changed', exact: true }).waitFor();
    await page.getByRole('cell', { name: 'RetryBudget.java' }).waitFor();
    await page.locator('pre code .hljs-keyword').first().waitFor();
    await page.getByRole('button', { name: /Show 14 earlier/ }).click();
    await page.getByRole('group', { name: 'Changes' }).first().filter({ hasText: 'budget.tryAcquire' }).waitFor();
    assert.ok((await page.locator('mark').count()) > 0, 'changed parts are marked');
    await page.getByText('Add RetryBudget (token bucket per session)').waitFor();
    await page.getByText('2 passed, 1 failed').waitFor();
    await page.locator('.fg-red').first().waitFor();
    await page.locator('img[alt="image/png, as it was sent"]').waitFor();
    await page.getByRole('button', { name: /System reminder/ }).click();
    await page.getByText('Use whole words.').waitFor();
    await page.getByRole('button', { name: /^Read src/ }).click();
    await page.getByRole('group', { name: 'Code' }).first().waitFor();
    await page.getByRole('button', { name: /^Agent/ }).click();
    await page.getByText('The budget must be asked before the sleep').waitFor();
    for (const tab of ['Context', 'Changes', 'Timing', 'Request', 'Response', 'Headers', 'Raw']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.locator('#panel').filter({ hasText: /./ }).waitFor();
    }
    await close(page);
  },

  async 'what fills the context, what changed, why the cache was not read, and what it cost'({
    browser,
    dashboard,
    proxy,
  }) {
    const session = 'b4e0c9d2-1111-4f0e-8c11-5d2f6a7b8c91';
    const mark = { cache_control: { type: 'ephemeral', ttl: '1h' } };
    const said = (text) => ({ role: 'user', content: [{ type: 'text', text, ...mark }] });
    const system = [{ type: 'text', text: 'You are careful. '.repeat(600), ...mark }];
    const turn = (messages, usage, say) =>
      exchange(proxy, { session, body: { model: 'claude-opus-5-5', system, messages }, order: { say, usage } });
    const hour = (tokens) => ({ ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: tokens });
    const first = [said('Give it a budget.'), { role: 'assistant', content: 'Which?' }, said('Five a minute.')];
    await turn(
      first,
      { input_tokens: 3, cache_creation_input_tokens: 90_000, cache_creation: hour(90_000) },
      'First turn of the cache',
    );
    await turn(
      [said('Give it a small budget.'), ...first.slice(1), { role: 'assistant', content: 'Done.' }, said('Go on.')],
      {
        input_tokens: 3,
        cache_read_input_tokens: 20_000,
        cache_creation_input_tokens: 71_000,
        cache_creation: hour(71_000),
      },
      'Second turn of the cache',
    );
    const page = await open(browser, dashboard + '/requests');
    await page.getByRole('row').filter({ hasText: 'Second turn of the cache' }).click();
    await page.getByRole('tab', { name: 'Context' }).click();
    await page.getByText('Earlier message rewritten').waitFor();
    await page.getByText('70k tokens paid again').waitFor();
    await page.getByText('91,003 of').waitFor();
    await page.getByRole('button', { name: 'Your messages' }).click();
    await page.locator('tr.item').first().waitFor();
    await page.getByRole('heading', { name: 'What it cost' }).waitFor();
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByText('Compared with').waitFor();
    await page.getByRole('img', { name: /1 unchanged from the start, 1 differs/ }).waitFor();
    await page.getByRole('group', { name: 'Changes' }).first().filter({ hasText: 'Give it a small budget' }).waitFor();
    await page.getByRole('button', { name: 'How this cost was reckoned' }).click();
    const sum = page.getByRole('dialog', { name: 'How this cost was reckoned' }).getByRole('row', { name: /In all/ });
    // 3 new at 4, 20,000 read at 0.20, 71,000 written for an hour at 8, 42 out at 20, each for a million.
    assert.match(await sum.innerText(), /exact\s+\$0\.572852/);
    await page.keyboard.press('Escape');
    await sum.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'the request before' }).click();
    await page.locator('.title').getByText('First turn of the cache').waitFor();
    await page.getByText('first request of its thread').first().waitFor();
    await close(page);
  },

  async 'unknown blocks, citations, server tools and cut inputs are never dropped'({ browser, dashboard, proxy }) {
    await exchange(proxy, {
      session: SESSION,
      body: {
        model: 'claude-sonnet-5-5',
        messages: [
          {
            role: 'user',
            content: [
              reminder('only a reminder'),
              { type: 'hologram', depth: 'very-deep-thing' },
              { type: 'document', title: 'notes.txt', source: { type: 'text', data: 'document text' } },
            ],
          },
        ],
      },
      order: {
        blocks: [
          { type: 'redacted_thinking', data: 'abc' },
          { type: 'server_tool_use', id: 'srv_1', name: 'web_search', input: { query: 'prompt caching' } },
          {
            type: 'web_search_tool_result',
            tool_use_id: 'srv_1',
            content: [{ type: 'web_search_result', title: 'Caching explained', url: 'https://example.com/c' }],
          },
          { type: 'text', text: 'Blocks of every kind.' },
        ],
      },
    });
    const page = await open(browser, dashboard + '/requests?q=' + encodeURIComponent('model:sonnet'));
    await page.getByRole('row').filter({ hasText: 'prompt caching' }).first().click();
    for (const text of [
      'very-deep-thing',
      'Blocks of every kind.',
      'Thinking that the provider encrypted.',
      'Caching explained',
    ]) {
      await page.getByText(text).first().waitFor();
    }
    await page.keyboard.press('x');
    await page.getByText('document text').waitFor();
    await close(page);
  },

  async 'the keyboard reaches everything'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests');
    await page.getByRole('row').nth(3).waitFor();
    const selected = () => page.locator('[role=row][aria-selected=true]').getAttribute('data-id');
    const path = () => new URL(page.url()).pathname + new URL(page.url()).search;
    await page.keyboard.press('j');
    const first = await selected();
    await page.keyboard.press('j');
    assert.notEqual(await selected(), first);
    await page.keyboard.press('k');
    assert.equal(await selected(), first);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/requests/' + first);
    await page.getByRole('tab', { name: 'Timing' }).waitFor();
    for (const [key, tab] of [
      ['2', 'context'],
      ['3', 'changes'],
      ['4', 'timing'],
      ['7', 'headers'],
      ['8', 'raw'],
    ]) {
      await page.keyboard.press(key);
      await page.waitForURL(`**?tab=${tab}`);
    }
    await page.keyboard.press('j');
    assert.match(path(), /tab=raw/);
    assert.notEqual(await selected(), first);
    await page.keyboard.press('e');
    await page.locator('[role=row][aria-selected=true]').filter({ hasText: '529' }).waitFor();
    await page.keyboard.press('1');
    await page.getByText('overloaded error').waitFor();
    const error = await selected();
    await page.keyboard.press(']');
    await page.keyboard.press('[');
    await page.keyboard.press('c');
    await page.getByText('Id copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await selected());
    assert.ok(error);
    await page.keyboard.press('Escape');
    await page.waitForURL('**/requests');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'grid');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('/');
    await page.keyboard.type('is:er');
    await page.getByRole('option', { name: 'is:error' }).waitFor();
    await page.keyboard.press('Tab');
    await page.waitForURL('**?q=is%3Aerror*');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.waitForURL('**/requests');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL('**/requests');
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.keyboard.press('t');
    assert.equal(await theme(), 'light');
    await page.reload();
    assert.equal(await theme(), 'light', 'the choice is kept');
    await page.keyboard.press('p');
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await close(page);
  },

  async 'a filter is a link, says what is wrong with it, and finds'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests?q=is%3Aerror');
    await page.getByRole('row').filter({ hasText: '529' }).waitFor();
    assert.equal(await page.locator('[role=row][data-id]').count(), 1);
    const box = page.getByRole('combobox', { name: 'Filter' });
    await box.fill('modle:opus ');
    await page.getByText('Did you mean `model`?').waitFor();
    await box.fill('tool:Nope ');
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).last().click();
    await page.getByRole('row').nth(5).waitFor();
    await page.getByRole('button', { name: 'Errors' }).click();
    await page.waitForURL('**?q=is%3Aerror');
    await page.goBack();
    await close(page);
  },

  async 'a request is starred, tagged, found by both, and deleted unless that is taken back'({
    browser,
    dashboard,
    proxy,
  }) {
    await exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'Mark me' }] },
      order: { say: 'To be marked and deleted' },
    });
    const page = await open(browser, dashboard + '/requests');
    const row = page.getByRole('row').filter({ hasText: 'To be marked and deleted' });
    await row.click();
    await page.getByRole('tab', { name: 'Context' }).waitFor();
    await page.keyboard.press('s');
    await page.getByText('Starred: retention keeps its session').waitFor();
    await page.getByRole('button', { name: 'Star', exact: true, pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Tags' }).click();
    await page.getByRole('textbox', { name: 'New tag' }).fill('to-show, later');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take the tag later away' }).click();
    await page.getByRole('button', { name: 'Take the tag later away' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as JSON' }).click();
    const file = await (await download).path();
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).starred, true);
    await page.reload();
    await page.getByRole('button', { name: 'Star', exact: true, pressed: true }).waitFor();
    for (const query of ['is:starred', 'tag:to-show']) {
      await page.goto(dashboard + '/requests?q=' + encodeURIComponent(query));
      await page.getByText('1 found', { exact: true }).waitFor();
      await row.waitFor();
    }
    await row.click();
    await page.getByRole('button', { name: 'Delete this request' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.click();
    await page.getByRole('button', { name: 'Delete this request' }).click();
    await row.waitFor({ state: 'detached' });
    const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
    assert.equal((await gone).status(), 200);
    await page.reload();
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await close(page);
  },

  async 'a filter is saved under a name, and the theme for every browser'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests?q=is%3Aerror');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Failures');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Failures is:error' }).waitFor();
    await page.goto(dashboard + '/settings');
    await page.getByRole('cell', { name: 'default' }).first().waitFor();
    await page.getByRole('textbox', { name: 'Find a setting' }).fill('db_path');
    await page.getByRole('row', { name: /storage\.db_path/ }).waitFor();
    await page.getByText('Light', { exact: true }).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await close(page);
    const other = await open(browser, dashboard + '/requests');
    await other.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await other.getByRole('button', { name: 'Saved views' }).click();
    await other.getByRole('button', { name: 'Failures is:error' }).click();
    await other.waitForURL('**?q=is%3Aerror');
    await other.getByRole('button', { name: 'Saved views' }).click();
    await other.getByRole('button', { name: 'Remove the view Failures' }).click();
    await other.getByText('None yet').waitFor();
    await fetch(dashboard + '/api/settings', { method: 'PUT', body: '{"dashboard.theme":null}' });
    await close(other);
  },

  async 'recorded text is found, with what stands around it'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests');
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
    await page.keyboard.type('"must be asked before"');
    await page.getByRole('option', { name: /Search all recorded text/ }).click();
    await page.waitForURL((url) => url.searchParams.get('text') === '"must be asked before"');
    const hit = page.getByRole('link').filter({ has: page.locator('mark', { hasText: 'must be asked before' }) });
    await hit.first().waitFor();
    assert.match(await hit.first().innerText(), /The budget must be asked before the sleep/);
    assert.deepEqual(await axe(page), []);
    await hit.first().click();
    await page.getByRole('tab', { name: 'Conversation' }).waitFor();
    await page.getByRole('textbox', { name: 'Text to find' }).fill('never said by anybody');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await page.getByRole('link', { name: 'All requests' }).click();
    await page.getByRole('combobox', { name: 'Filter' }).waitFor();
    await close(page);
  },

  async 'rows come in without moving what is looked at'({ browser, dashboard, proxy }) {
    const page = await open(browser, dashboard + '/requests', { height: 500 });
    await page.getByRole('row').nth(8).waitFor();
    await page.getByRole('list', { name: 'Active sessions' }).waitFor();
    await page.locator('.scroller').evaluate((scroller) => (scroller.scrollTop = 150));
    const looked = page.locator('[role=row][data-id]').filter({ hasText: 'TodoWrite' }).first();
    const before = await looked.boundingBox();
    await exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'New' }] },
      order: { say: 'A new one at the top' },
    });
    await page.getByRole('button', { name: '1 new' }).waitFor();
    assert.deepEqual(await looked.boundingBox(), before);
    await page.getByRole('button', { name: '1 new' }).click();
    await page.getByRole('row').filter({ hasText: 'A new one at the top' }).waitFor();
    await close(page);
  },

  async 'a cut stream resumes without losing or doubling a row'({ browser, dashboard, proxy }) {
    const page = await open(browser, dashboard + '/requests');
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.context().setOffline(true);
    await page.evaluate(() => undefined);
    await exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'Offline' }] },
      order: { say: 'Said while nobody could listen' },
    });
    await page.context().setOffline(false);
    await page.getByRole('row').filter({ hasText: 'Said while nobody could listen' }).waitFor();
    assert.equal(await page.getByRole('row').filter({ hasText: 'Said while nobody could listen' }).count(), 1);
    const ids = await page.locator('[role=row][data-id]').evaluateAll((rows) => rows.map((row) => row.dataset.id));
    assert.equal(new Set(ids).size, ids.length);
    page.said = page.said.filter(
      (line) => !line.includes('ERR_INTERNET_DISCONNECTED') && !line.includes('ERR_NETWORK'),
    );
    await close(page);
  },

  async 'hostile content is text and nothing else'({ browser, dashboard, proxy }) {
    const hostile = [
      '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">',
      '[click](javascript:window.hacked=3) ![remote](https://example.com/a.png)',
      '<a href="javascript:window.hacked=4">a</a> <svg onload="window.hacked=5">',
      '```html\n<script>window.hacked = 6</script>\n```',
      '\u202Eright to left\u202C and a lone surrogate \uD800 and \u0000',
    ].join('\n\n');
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked=7"><script>window.hacked=8</script></svg>',
    ).toString('base64');
    await exchange(proxy, {
      session: SESSION,
      body: {
        model: 'claude-opus-5-5',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/svg+xml', data: svg } },
              { type: 'text', text: hostile },
            ],
          },
        ],
      },
      order: {
        blocks: [
          { type: 'text', text: hostile },
          { type: 'tool_use', id: 'toolu_h', name: '<b>bold</b>', input: { '<i>': hostile } },
        ],
      },
    });
    const page = await open(browser, dashboard + '/requests?q=' + encodeURIComponent('tool:"<b>"'));
    await page.getByRole('row').filter({ hasText: '<b>bold</b>' }).click();
    await page.getByText('<script>window.hacked = 1</script>', { exact: false }).first().waitFor();
    assert.equal(await page.locator('#panel a[href^="javascript"]').count(), 0);
    assert.equal(await page.locator('#panel img:not([src^="data:image/"])').count(), 0);
    await page.keyboard.press('m');
    await page.keyboard.press('x');
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await close(page);
  },

  async 'every naughty string is shown literally, whatever it stands for'({ browser, dashboard, proxy, corpora }) {
    const file = `${corpora}/display/naughty-strings.json`;
    if (!existsSync(file)) return 'skipped: no corpora';
    const strings = JSON.parse(readFileSync(file, 'utf8')).filter((text) => text.trim() !== '');
    const texts = strings.map((text, i) => ({ type: 'text', text: `${i}:${text}` }));
    const calls = strings.map((text, i) => ({
      type: 'tool_use',
      id: `toolu_n${i}`,
      name: text,
      input: { file_path: text, [text]: text },
    }));
    await exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-naughty-1', messages: [{ role: 'user', content: strings.join('\n') }] },
      order: { blocks: [...texts, ...calls] },
    });
    const page = await open(browser, dashboard + '/requests?q=model%3Anaughty');
    await page.locator('[role=row][data-id]').first().click();
    await page.getByText('Response', { exact: true }).first().waitFor();
    await page.keyboard.press('m');
    await page
      .locator('article pre')
      .nth(strings.length - 1)
      .waitFor({ state: 'attached' });
    // A browser shows a carriage return as a line's end, as HTML has it.
    const shown = new Set(await page.locator('article pre').evaluateAll((all) => all.map((pre) => pre.textContent)));
    assert.deepEqual(
      strings.map((text, i) => `${i}:${text}`).filter((text) => !shown.has(text)),
      [],
    );
    const names = new Set(
      await page.locator('article section b').evaluateAll((all) => all.map((name) => name.textContent)),
    );
    assert.deepEqual(
      strings.filter((text) => !text.startsWith('mcp__') && !names.has(text)),
      [],
    );
    for (const tab of ['request', 'response', 'raw', 'timing']) {
      await page.goto(new URL(page.url()).origin + new URL(page.url()).pathname + '?tab=' + tab);
      await page.locator('#panel').filter({ hasText: /./ }).waitFor();
    }
    await close(page);
  },

  async 'a tool result of 5 MB and a thread of 2,000 messages stay usable'({ browser, dashboard, proxy }) {
    const line = 'x'.repeat(99) + '\n';
    const messages = [];
    for (let i = 0; i < 1_000; i++) {
      messages.push(
        { role: 'user', content: `Question ${i}` },
        { role: 'assistant', content: [{ type: 'text', text: `Answer ${i}` }] },
      );
    }
    messages[1_999].content.push({ type: 'tool_use', id: 'toolu_big', name: 'Bash', input: { command: 'cat big' } });
    messages.push({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'toolu_big', content: line.repeat(50_000) }],
    });
    await exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-large-1', messages },
      order: { say: 'Read it all.' },
    });
    const page = await open(browser, dashboard + '/requests?q=model%3Alarge');
    await page.locator('[role=row][data-id]').first().click();
    await page.getByText('Read it all.').last().waitFor();
    await page.getByRole('button', { name: /^Bash/ }).click();
    await page.getByRole('button', { name: 'Load', exact: true }).click();
    await page.getByRole('button', { name: /Show all, 4/ }).waitFor();
    await page.getByRole('button', { name: /Show 2,000 earlier/ }).click();
    await page.getByText('Answer 999').waitFor();
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(nodes < 2_500, `${nodes} elements`);
    await page.getByRole('button', { name: /Show 40 more of/ }).click();
    await page.getByText('Answer 970').waitFor();
    await close(page);
    return `${nodes} elements`;
  },

  async 'credentials are nowhere in the page'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests');
    await page.locator('[role=row][data-id]').first().click();
    for (const tab of ['headers', 'request', 'raw', 'conversation']) {
      await page.goto(new URL(page.url()).origin + new URL(page.url()).pathname + '?tab=' + tab);
      await page.locator('#panel').filter({ hasText: /./ }).waitFor();
      assert.doesNotMatch(await page.content(), /sk-ant-secret/);
    }
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), /secret/);
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('curl command copied').waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(command, /\$ANTHROPIC_API_KEY/);
    assert.doesNotMatch(command, /secret|hmac:/);
    await close(page);
  },

  async 'the session list and a session show what the API says'({ browser, dashboard }) {
    const ask = async (path) => (await fetch(dashboard + path)).json();
    const [row] = (await ask('/api/sessions?q=a41c6f0e')).items;
    const session = await ask(`/api/sessions/${row.id}`);
    const turns = (await ask(`/api/sessions/${row.id}/turns`)).items;
    const exchanges = turns.flatMap((turn) => turn.exchanges);
    assert.equal(exchanges.length, row.n);
    const page = await open(browser, dashboard + '/sessions');
    await page.getByRole('textbox', { name: 'Find a session' }).fill('a41c6f0e');
    await page.waitForURL('**/sessions?q=a41c6f0e');
    const line = page.locator('li a[href^="/sessions/"]');
    await page.waitForFunction(() => document.querySelectorAll('li a[href^="/sessions/"]').length === 1);
    const said = await line.innerText();
    for (const expected of [row.title, dollars(row.cost), share(row.read, row.total), String(row.n)]) {
      assert.ok(said.includes(expected), `${expected} in ${said}`);
    }
    await line.click();
    await page.getByRole('heading', { name: row.title }).waitFor();
    const { total } = session;
    for (const [name, expected] of Object.entries({
      Cost: dollars(total.cost),
      Requests: String(total.n),
      'Cache hit': share(total.read, total.input + total.read + total.write),
      'Cache breaks': String(total.breaks),
      Context: share(row.ctx, row.window),
    })) {
      const shown = page.locator('dl div').filter({ has: page.getByText(name, { exact: true }) });
      assert.equal(await shown.locator('dd').innerText(), expected, name);
    }
    const main = exchanges.filter((exchange) => exchange.agent === 'main').length;
    await page.getByRole('img', { name: `Main agent: ${main} requests`, exact: true }).waitFor();
    await page
      .getByRole('img', { name: /^(Subagent a012345|.*): 1 request$/ })
      .first()
      .waitFor();
    assert.equal(await page.locator('.lane i[data-exchange]').count(), exchanges.length);
    assert.equal(await page.locator('ol a[href^="/requests/"]').count(), exchanges.length);
    await page.locator('ol a[href^="/requests/"]').first().click();
    await page.waitForURL('**/requests/*');
    await page.goBack();
    await page.getByRole('heading', { name: row.title }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL('**/sessions');
    await close(page);
  },

  async 'insights show the sums of the API, and lead to what they count'({ browser, dashboard }) {
    const to = Date.now();
    const asked = new URLSearchParams({ from: String(to - 86_400_000), to: String(to), bucket: '1', group: 'model' });
    const usage = await (await fetch(`${dashboard}/api/stats?${asked}`)).json();
    const { total } = usage;
    const page = await open(browser, dashboard + '/insights');
    for (const [name, expected] of Object.entries({
      Spent: dollars(total.cost),
      'Cache hit rate': share(total.read, total.input + total.read + total.write),
      Errors: `${total.errors} of ${total.n}`,
    })) {
      const tile = page.getByRole('link', { name: new RegExp(`^${name}`) });
      assert.ok((await tile.innerText()).includes(expected), `${name}: ${expected}`);
    }
    const [tool] = usage.tools;
    const line = page.locator('li').filter({ has: page.getByRole('link', { name: tool.tool, exact: true }) });
    assert.equal(await line.locator('b').innerText(), String(tool.calls));
    await page.getByRole('link', { name: 'Add retry budget to upstream client' }).waitFor();
    await page.getByRole('img', { name: /^Spend by model/ }).waitFor();
    await page.getByRole('link', { name: '7 days' }).click();
    await page.waitForURL('**/insights?range=week');
    await page.locator('a[aria-current=true]', { hasText: '7 days' }).waitFor();
    await page.getByRole('link', { name: /^Errors/ }).click();
    await page.waitForURL('**/requests?q=is%3Aerror');
    await close(page);
  },

  async 'limits show what an answer told of them'({ browser, dashboard, proxy }) {
    const page = await open(browser, dashboard + '/limits');
    await page.getByRole('heading', { name: 'No answer has told of limits yet' }).waitFor();
    const hours = 'anthropic-ratelimit-unified-5h-';
    for (const used of [0.7, 0.83]) {
      await exchange(proxy, {
        session: SESSION,
        body: { model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'Limits' }] },
        order: {
          say: 'With limits',
          headers: {
            [hours + 'status']: 'allowed_warning',
            [hours + 'utilization']: String(used),
            [hours + 'reset']: String(Math.round(Date.now() / 1_000) + 7_200),
          },
        },
      });
    }
    await page.reload();
    await page.getByRole('heading', { name: /^Plan, 5 hours/ }).waitFor();
    await page.getByText('83.0%').waitFor();
    await page.getByText('allowed warning').waitFor();
    await page.getByText(/Full again in (1h 59m|2h 00m)/).waitFor();
    await close(page);
  },

  async 'session files of the client are shown, joined to what was recorded'({ browser, dashboard, proxy, claude }) {
    if (!claude) return 'skipped: no folder for session files';
    const page = await open(browser, dashboard + '/conversations');
    await page.getByRole('heading', { name: 'No session file was found' }).waitFor();
    await exchange(proxy, {
      session: TALK,
      body: { model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'Mend the till' }] },
      order: { say: 'The till is mended', headers: { 'request-id': 'req_talk' } },
    });
    writeSessionFile(claude, TALK, 'Mend the till', 'The till is mended', 'req_talk');
    await page.reload();
    await page.getByRole('link', { name: /Mend the till/ }).click();
    await page.getByText('The till is mended').waitFor();
    for (const fact of ['1 in both', '0 only in the files', '0 unexplained']) {
      await page.locator('li').filter({ hasText: fact }).waitFor();
    }
    await page.getByRole('link', { name: 'the request on the wire' }).click();
    await page.locator('.title').getByText('The till is mended').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'the request on the wire' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL('**/conversations');
    await close(page);
  },

  ...screenSteps,

  async 'axe finds nothing on any page, theme and width'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests?q=' + encodeURIComponent('session:a41c6f0e tool:mcp'));
    const id = await page.locator('[role=row][data-id]').first().getAttribute('data-id');
    const session = (await (await fetch(`${dashboard}/api/exchanges/${id}`)).json()).summary.sessionId;
    await close(page);
    const firstOf = async (path) => (await (await fetch(dashboard + path)).json()).items[0];
    const prompt = (await firstOf('/api/prompts')).hash;
    const elsewhere = (await firstOf('/api/exchanges?q=model%3Aelsewhere')).id;
    const found = [];
    let checked = 0;
    for (const width of [1440, 390]) {
      const view = await open(browser, dashboard + '/requests', { width });
      // A theme is only colours: both are looked at without loading the page anew, the second only for them.
      const check = async (what) => {
        for (const theme of ['dark', 'light']) {
          await view.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
          for (const violation of await axe(view, theme === 'light'))
            found.push(`${what} ${theme} ${width}: ${violation}`);
          checked++;
        }
        const wide = await view.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        if (wide) found.push(`${what} ${width}: wider than the screen`);
      };
      await view.locator('[role=row][data-id]').first().waitFor();
      await check('requests');
      await view.keyboard.press('?');
      await view.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
      await check('help');
      await view.keyboard.press('Escape');
      await view.keyboard.press('Control+k');
      await view.getByRole('option').first().waitFor();
      await check('palette');
      await view.goto(dashboard + '/requests?q=tool%3ANope');
      await view.getByRole('heading', { name: 'Nothing matches' }).waitFor();
      await check('nothing matches');
      const screens = {
        '/settings': view.getByRole('cell', { name: 'default' }).first(),
        '/sessions': view.locator('li a[href^="/sessions/"]').first(),
        [`/sessions/${session}`]: view.getByRole('img', { name: /^Main agent/ }),
        '/insights': view.getByRole('heading', { name: 'Projects' }),
        '/prompts': view.getByRole('heading', { name: /^System prompt of/ }).first(),
        [`/prompts/${prompt}`]: view.getByRole('heading', { name: 'What it says' }),
        '/prompts?view=clients': view.getByRole('heading', { name: 'Beta features' }),
        [`/routes?exchange=${elsewhere}`]: view.getByRole('heading', { name: 'Lost in translation' }),
        [`/requests/${elsewhere}`]: view.getByText('Answered by openai, gpt-4o'),
        '/requests/no-such-id': view.getByRole('heading', { name: 'There is no such request' }),
        '/limits': view.getByRole('heading', { name: /^Plan/ }),
        '/conversations': view.getByRole('link', { name: /Mend the till/ }),
        [`/conversations?session=${TALK}`]: view.getByText('The till is mended'),
      };
      for (const [path, content] of Object.entries(screens)) {
        await view.goto(dashboard + path);
        await content.waitFor();
        await check(path);
      }
      await view.goto(`${dashboard}/requests/${id}`);
      await view.locator('.earlier').click();
      await view.keyboard.press('x');
      await check('conversation');
      const others = ['context', 'changes', 'timing', 'request', 'response', 'headers', 'raw'];
      for (const [i, tab] of others.entries()) {
        await view.keyboard.press(String(i + 2));
        await view.locator(`#panel[aria-labelledby=tab-${tab}]`).filter({ hasText: /./ }).waitFor();
        await view.waitForFunction(() => document.querySelector('#panel .loading') === null);
        await check(tab);
      }
      await close(view);
    }
    assert.deepEqual(found, []);
    return `${checked} views`;
  },

  async 'the page stays small: bytes, elements, memory'({ browser, dashboard, proxy }) {
    await Promise.all(
      Array.from({ length: 8 }, async (_, lane) => {
        for (let i = 0; i < 40; i++) {
          await exchange(proxy, {
            session: SESSION,
            body: { model: 'claude-haiku-5-5', messages: [{ role: 'user', content: 'Fill' }] },
            order: { say: `Row ${lane} ${i}` },
          });
        }
      }),
    );
    const page = await open(browser, dashboard + '/requests');
    await page.getByRole('row').nth(20).waitFor();
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => entry.name)
        .filter((name) => name.endsWith('.js')),
    );
    const sizes = await Promise.all(
      scripts.map(async (name) => {
        const response = await fetch(name, { headers: { 'accept-encoding': 'gzip' } });
        return Number(response.headers.get('content-length'));
      }),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(bytes <= 60 * 1024, `${bytes} bytes of scripts at first, gzip`);
    for (let i = 0; i < 30; i++) await page.locator('.scroller').evaluate((scroller) => scroller.scrollBy(0, 400));
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(nodes <= 1_500, `${nodes} elements`);
    const heap = await page.evaluate(() => {
      globalThis.gc?.();
      return performance.memory.usedJSHeapSize;
    });
    assert.ok(heap <= 100_000_000, `${heap} bytes of heap`);
    await close(page);
    return `${bytes} bytes of scripts (gzip), ${nodes} elements, ${(heap / 1e6).toFixed(1)} MB heap`;
  },
};
