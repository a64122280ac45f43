// What a page that stays open sees: bursts, cuts, restarts, many tabs. Steps run in this order on one store.
import assert from 'node:assert/strict';
import { close, open } from './browser.mjs';
import { startForwarder } from './forwarder.mjs';
import { exchange } from './workload.mjs';

const SESSION = '3f1c9a70-6d1e-4f0e-8c11-5d2f6a7b8c94';
const BURST = 400;
const LANES = 16;

const say = (proxy, text, model = 'claude-haiku-5-5') =>
  exchange(proxy, {
    session: SESSION,
    body: { model, messages: [{ role: 'user', content: 'Go on' }] },
    order: { say: text, model },
  });
const row = (page, text) => page.getByRole('row').filter({ hasText: text });
const state = (page, word) => page.getByRole('status').filter({ hasText: word }).first();
/** An element of the list shows another row when older ones are loaded behind it: clicks wait until all are there. */
const wholeList = (page) =>
  page.waitForFunction(() => Number(document.querySelector('[role=grid]')?.ariaRowCount ?? -1) > 0);
/** What the browser itself says of connections that are cut on purpose. */
const forgiveCuts = (page) => (page.said = page.said.filter((line) => !/ERR_[A-Z_]+/.test(line)));

/** Every id of the store, newest first, as the API lists them. */
async function allIds(dashboard) {
  const ids = [];
  for (let cursor = '', more = true; more;) {
    const page = await (await fetch(`${dashboard}/api/exchanges?limit=200${cursor}`)).json();
    ids.push(...page.items.map(({ id }) => id));
    more = page.more;
    cursor = `&cursor=${page.next}`;
  }
  return ids;
}

/** Every id that the list shows from its top to its end, in the order of the rows. */
async function shownIds(page) {
  const shown = new Map();
  const grid = page.getByRole('grid');
  await grid.evaluate((scroller) => (scroller.scrollTop = 0));
  for (let last = -1; ;) {
    const rows = await page
      .locator('[role=row][data-id]')
      .evaluateAll((all) => all.map((one) => [Number(one.ariaRowIndex), one.dataset.id]));
    for (const [at, id] of rows) shown.set(at, id);
    const top = await grid.evaluate((scroller) => {
      scroller.scrollTop += scroller.clientHeight - 60;
      return scroller.scrollTop;
    });
    if (top === last) break;
    last = top;
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  return [...shown.entries()].sort(([one], [other]) => one - other).map(([, id]) => id);
}

/** What a tab that is put behind others sees. */
function hide(page, hidden) {
  return page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

export const steps = {
  async 'a burst is on the page whole, once and in order, and its sums are those of the API'({
    browser,
    dashboard,
    proxy,
  }) {
    const page = await open(browser, dashboard + '/requests');
    await state(page, 'Live').waitFor();
    await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        for (let i = 0; i < BURST / LANES; i++) await say(proxy, `Lane ${lane}, ${i}`);
      }),
    );
    await page.waitForFunction(
      (rows) => document.querySelector('[role=grid]')?.ariaRowCount === String(rows),
      BURST + 1,
    );
    assert.deepEqual(await shownIds(page), await allIds(dashboard));
    await page.waitForFunction(() => document.querySelectorAll('[role=row] .running').length === 0);
    const { total } = await (await fetch(`${dashboard}/api/sessions/${SESSION}`)).json();
    assert.equal(total.n, BURST);
    await page.goto(`${dashboard}/sessions/${SESSION}`);
    const requests = page.locator('dl div').filter({ has: page.getByText('Requests', { exact: true }) });
    assert.equal(await requests.locator('dd').innerText(), String(BURST));
    await close(page);
  },

  async 'what is open and looked at stays while rows come, the window changes and a filter is set'({
    browser,
    dashboard,
    proxy,
  }) {
    await say(proxy, 'To be kept open', 'claude-opus-5-5');
    const page = await open(browser, dashboard + '/requests');
    await wholeList(page);
    await row(page, 'To be kept open').click();
    const title = page.locator('.title').getByText('To be kept open');
    await title.waitFor();
    const address = page.url();
    await page.getByRole('grid').evaluate((grid) => (grid.scrollTop = 3_000));
    const looked = page.locator('[role=row][aria-rowindex="110"]');
    const id = await looked.getAttribute('data-id');
    const before = await looked.boundingBox();
    for (let i = 0; i < 3; i++) await say(proxy, `While it is open ${i}`);
    await page.getByRole('button', { name: '3 new' }).waitFor();
    assert.deepEqual(await page.locator(`[data-id="${id}"]`).boundingBox(), before);
    await page.setViewportSize({ width: 1100, height: 600 });
    await title.waitFor();
    assert.equal(page.url(), address);
    await page.getByRole('combobox', { name: 'Filter' }).fill('model:haiku ');
    await page.getByRole('status').filter({ hasText: 'found' }).waitFor();
    await title.waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).first().click();
    await page.getByRole('button', { name: 'Follow' }).click();
    await row(page, 'While it is open 2').waitFor();
    await close(page);
  },

  async 'while it is paused nothing moves, and nothing is lost'({ browser, dashboard, proxy }) {
    const page = await open(browser, dashboard + '/requests');
    await row(page, 'While it is open 2').waitFor();
    await page.keyboard.press('p');
    await state(page, 'Paused').waitFor();
    const answered = page.waitForResponse((response) => response.url().includes('/api/now'));
    await say(proxy, 'Said during the pause');
    // The next thing that the page would do of itself has been done by then.
    await Promise.race([answered, page.waitForTimeout(1_500)]);
    assert.equal(await row(page, 'Said during the pause').count(), 0);
    await page.keyboard.press('p');
    await row(page, 'Said during the pause').waitFor();
    await close(page);
  },

  async 'a cut is told, what is shown stays, and nothing is missed when it is mended'({ browser, dashboard, proxy }) {
    const way = await startForwarder(dashboard);
    const page = await open(browser, way.url + '/requests');
    await row(page, 'Said during the pause').waitFor();
    await state(page, 'Live').waitFor();
    way.cut();
    await state(page, 'Reconnecting').waitFor();
    await say(proxy, 'Said behind the cut');
    await row(page, 'Said during the pause').waitFor();
    assert.equal(await row(page, 'Said behind the cut').count(), 0);
    way.mend();
    await row(page, 'Said behind the cut').waitFor();
    await state(page, 'Live').waitFor();
    assert.equal(await row(page, 'Said behind the cut').count(), 1);
    forgiveCuts(page);
    await close(page);
    way.close();
  },

  async 'a page that opens while the proxy is away begins when it is back'({ browser, dashboard }) {
    const way = await startForwarder(dashboard);
    const page = await open(browser, way.url + '/requests');
    await state(page, 'Live').waitFor();
    await page.route('**/api/exchanges?*', (route) => route.abort());
    await page.reload();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.unroute('**/api/exchanges?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await row(page, 'Said behind the cut').waitFor();
    forgiveCuts(page);
    await close(page);
    way.close();
  },

  async 'the page finds a proxy that was started anew, and reads what it cannot resume'(world) {
    const way = await startForwarder(world.dashboard);
    const page = await open(world.browser, way.url + '/requests');
    await row(page, 'Said behind the cut').waitFor();
    await state(page, 'Live').waitFor();
    way.cut();
    Object.assign(world, await world.ask({ run: 'restart' }));
    await say(world.proxy, 'Said to the new one');
    way.mend(world.dashboard);
    await row(page, 'Said to the new one').waitFor();
    await state(page, 'Live').waitFor();
    await say(world.proxy, 'And live again');
    await row(page, 'And live again').waitFor();
    await wholeList(page);
    assert.deepEqual(await shownIds(page), await allIds(world.dashboard));
    forgiveCuts(page);
    await close(page);
    way.close();
  },

  async 'seven tabs of one browser: those that nobody sees give their connection back'({ browser, dashboard, proxy }) {
    const first = await open(browser, dashboard + '/requests');
    const tabs = [first];
    // Five more keep a connection each; a browser has six for a host, and pages need one to be loaded.
    for (let i = 0; i < 4; i++) {
      const tab = await first.context().newPage();
      await tab.goto(dashboard + '/requests');
      tabs.push(tab);
    }
    for (const tab of tabs) await state(tab, 'Live').waitFor();
    for (const tab of tabs) await hide(tab, true);
    for (const tab of tabs) await state(tab, 'Asleep').waitFor();
    const more = [];
    for (let i = 0; i < 2; i++) {
      const tab = await first.context().newPage();
      await tab.goto(dashboard + '/requests');
      await state(tab, 'Live').waitFor();
      more.push(tab);
    }
    await say(proxy, 'Said while most slept');
    for (const tab of more) await row(tab, 'Said while most slept').waitFor();
    assert.equal(await row(first, 'Said while most slept').count(), 0);
    await hide(first, false);
    await row(first, 'Said while most slept').waitFor();
    await state(first, 'Live').waitFor();
    await close(first);
  },
};
