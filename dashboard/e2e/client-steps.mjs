// The real Claude Code works through the proxy while a browser watches: one story, told in steps that build on each other.
// The model's answers wait at gates (`hold`), so that nothing is over before it was looked at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { close, open } from './browser.mjs';

/** After a step that fails, the rest of a story is not reached. */
export const oneStory = true;

const USAGE = {
  input_tokens: 2_000,
  cache_read_input_tokens: 10_000,
  cache_creation_input_tokens: 4_000,
  cache_creation: { ephemeral_5m_input_tokens: 1_000, ephemeral_1h_input_tokens: 3_000 },
};
/** 2,000 x 4 + 100 x 20 + 10,000 x 0.20 + 1,000 x 5 (5 minutes) + 3,000 x 8 (an hour), in millionths: Opus 5.5. */
const MICROS_EACH = 41_000;
const EXCHANGES = 6;

const text = (said) => ({ type: 'text', text: said });
const call = (id, name, input) => ({ type: 'tool_use', id, name, input });
const review = { subagent_type: 'code-reviewer', description: 'Ask the reviewer', prompt: 'Look at README.md.' };
const OLD = 'It greets the world, café and 😀.';
const NEW = 'It greets everybody, café and 😀.';

/** What the model says, by how many results of tools a conversation holds. */
const main = [
  { hold: 'words', blocks: [text('First I ask the reviewer to look.'), call('toolu_ask', 'Agent', review)] },
  { blocks: [call('toolu_read', 'Read', { file_path: 'README.md' })] },
  { blocks: [call('toolu_edit', 'Edit', { file_path: 'README.md', old_string: OLD, new_string: NEW })] },
  { blocks: [text('The greeting is **wider** now.')] },
];
const reviewer = [
  { blocks: [call('toolu_look', 'Read', { file_path: 'README.md' })] },
  { hold: 'reviewer', blocks: [text('The greeting is too narrow.')] },
];

export function orderOf(body, headers) {
  const blocks = (body.messages ?? []).flatMap(({ content }) => (Array.isArray(content) ? content : []));
  const results = blocks.filter(({ type }) => type === 'tool_result').length;
  const order = (headers['x-claude-code-agent-id'] ? reviewer : main)[results];
  return { model: 'claude-opus-5-5', usage: USAGE, out: 100, ...order };
}

/** `$0.041` of an exact figure, as the dashboard writes it. */
const dollars = (usd) => `$${usd.toFixed(3)}`;
const json = async (address) => (await fetch(address)).json();
const recorded = async (dashboard) => (await json(`${dashboard}/api/exchanges?limit=200`)).items;

export const steps = {
  async 'the first row takes the place of the page that waits'(world) {
    const page = await open(world.browser, world.dashboard + '/requests');
    await page.getByRole('heading', { name: 'Waiting for the first request' }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    world.client = world.ask({ run: 'claude' });
    await page.getByRole('row').filter({ hasText: 'waiting for the answer' }).waitFor();
    world.page = page;
  },

  async 'the answer comes word by word'({ page, upstream }) {
    await page.getByRole('row').filter({ hasText: 'waiting for the answer' }).click();
    await page.getByText('Response, as it comes').waitFor();
    await page.getByText('First I ask ', { exact: true }).waitFor();
    upstream.release('words');
    await page.getByText('First I ask the reviewer', { exact: true }).waitFor();
    for (let i = 0; i < 30; i++) upstream.release('words');
  },

  async 'the subagent has its lane while it works'({ page, upstream, browser, dashboard, session }) {
    const watching = await open(browser, `${dashboard}/sessions/${session}`);
    const lane = watching.getByRole('img', { name: /^code-reviewer: \d/ });
    await watching.getByRole('img', { name: 'code-reviewer: 2 requests', exact: true }).waitFor();
    assert.equal(await lane.count(), 1);
    await watching.getByRole('img', { name: 'Main agent: 1 request', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row').filter({ hasText: 'code-reviewer' }).first().waitFor();
    for (let i = 0; i < 30; i++) upstream.release('reviewer');
    // Nobody touches this page: it follows what the session does.
    await watching.getByRole('img', { name: 'Main agent: 4 requests', exact: true }).waitFor();
    await close(watching);
  },

  async 'the client ends as if nobody had watched'({ client, project }) {
    const { exitCode, output } = await client;
    assert.equal(output, 'The greeting is **wider** now.\n');
    assert.equal(exitCode, 0);
    assert.ok(readFileSync(`${project}/README.md`, 'utf8').includes(NEW));
  },

  async 'the change of a file is shown as one'({ page }) {
    await page.getByRole('row').filter({ hasText: 'Edit' }).click();
    const diff = page.getByRole('group', { name: 'Changes' });
    await diff.waitFor();
    assert.deepEqual(await diff.locator('.del code').allInnerTexts(), [OLD]);
    assert.deepEqual(await diff.locator('.add code').allInnerTexts(), [NEW]);
    assert.deepEqual(await diff.locator('.del mark').allInnerTexts(), ['the world']);
    assert.deepEqual(await diff.locator('.add mark').allInnerTexts(), ['everybody']);
  },

  async 'what each request cost adds up line by line'({ page, dashboard }) {
    const rows = await recorded(dashboard);
    assert.equal(rows.length, EXCHANGES);
    for (const row of rows) {
      assert.equal(row.certainty, 'exact');
      assert.equal(Math.round(row.cost * 1e6), MICROS_EACH);
      await page.locator(`#row-${row.id}`).click();
      await page.locator(`a[download][href*="${row.id}"]`).waitFor();
      await page.getByRole('button', { name: 'How this cost was reckoned' }).filter({ hasText: '$0.041' }).click();
      const lines = page.getByRole('dialog', { name: 'How this cost was reckoned' }).locator('tbody tr');
      await lines.nth(5).waitFor();
      const told = await lines.evaluateAll((all) => all.map((line) => [...line.cells].map((cell) => cell.innerText)));
      const number = (words) => Number(words.replaceAll(/[$,]/g, '').split(' ')[0]);
      let sum = 0;
      for (const [what, quantity, rate, usd] of told.slice(0, -1)) {
        const reckoned = (number(quantity) * number(rate)) / 1e6;
        assert.ok(
          Math.abs(reckoned - number(usd)) < 1e-9,
          `${what}: ${quantity} at ${rate} is ${reckoned}, not ${usd}`,
        );
        sum += reckoned;
      }
      assert.equal(told.length, 6, 'new, read, written for 5 minutes, written for an hour, out, and the sum');
      assert.equal(number(told.at(-1)[1]), MICROS_EACH / 1e6);
      assert.equal(Math.round(sum * 1e6), MICROS_EACH);
      await page.keyboard.press('Escape');
    }
    await close(page);
  },

  async 'totals of every screen equal what the API says'({ browser, dashboard, session }) {
    const { total } = await json(`${dashboard}/api/sessions/${session}`);
    assert.equal(Math.round(total.cost.exact * 1e6), EXCHANGES * MICROS_EACH);
    assert.equal(total.n, EXCHANGES);
    const page = await open(browser, dashboard + '/requests');
    const fact = (name) =>
      page
        .locator('dl div')
        .filter({ has: page.getByText(name, { exact: true }) })
        .locator('dd');
    await page
      .locator('[role=row][data-id]')
      .nth(EXCHANGES - 1)
      .waitFor();
    const costs = await page.locator('[role=row][data-id]').evaluateAll((rows) => rows.map((row) => row.innerText));
    assert.equal(costs.filter((row) => row.includes('$0.041')).length, EXCHANGES);
    await page.goto(`${dashboard}/sessions/${session}`);
    await page.getByRole('heading', { name: 'Do it.', exact: true }).waitFor();
    assert.equal(await fact('Cost').innerText(), dollars(total.cost.exact));
    assert.equal(await fact('Requests').innerText(), String(total.n));
    assert.equal(await fact('Cache breaks').innerText(), String(total.breaks));
    assert.equal(await page.locator('.lane i[data-exchange]').count(), EXCHANGES);
    await page.goto(dashboard + '/sessions');
    const line = await page.locator(`a[href="/sessions/${session}"]`).innerText();
    assert.ok(line.includes(dollars(total.cost.exact)) && line.includes('Do it.'), line);
    await page.goto(dashboard + '/insights');
    const spent = page.getByRole('link', { name: /^Spent/ });
    await spent.filter({ hasText: dollars(total.cost.exact) }).waitFor();
    await page
      .getByRole('link', { name: /^Errors/ })
      .filter({ hasText: `0 of ${EXCHANGES}` })
      .waitFor();
    await close(page);
  },
};
