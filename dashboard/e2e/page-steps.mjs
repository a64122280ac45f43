// What holds for every page: links into it, widths, keys, motion, large contents. Steps run in this order on one store.
import assert from 'node:assert/strict';
import { close, open } from './browser.mjs';
import { exchange, mixedLoad } from './workload.mjs';

const SESSION = 'a41c6f0e-52d3-4e0a-9a55-1f0c7d2b9e01';
const LONG_DIFF_LINES = 10_000;
/** A page with more places to stop at than this cannot be walked with a keyboard. */
const MOST_STOPS = 400;

const json = async (address) => (await fetch(address)).json();
/** The id of the newest that a query means; what has ended a moment ago is in the store a moment later. */
async function newest(dashboard, query) {
  const address = `${dashboard}/api/exchanges?limit=1&q=${encodeURIComponent(query)}`;
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const [found] = (await json(address)).items;
    if (found && found.outcome !== 'running') return found.id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing is found for ${query}`);
}

/** Every route with a mark by which to know that its content is there. */
async function routes(dashboard, page) {
  const id = await newest(dashboard, '"retry budget is in place"');
  const heading = (name) => page.getByRole('heading', { name }).first();
  return {
    '/requests': page.locator('[role=row][data-id]').first(),
    '/requests?q=is%3Aerror': page.getByText('1 found'),
    '/requests?text=budget': page
      .getByRole('link')
      .filter({ has: page.locator('mark') })
      .first(),
    [`/requests/${id}`]: page.locator('#panel').getByText('retry budget is in place').first(),
    ...Object.fromEntries(
      ['context', 'changes', 'timing', 'request', 'response', 'headers', 'raw'].map((tab) => [
        `/requests/${id}?tab=${tab}`,
        page.locator(`#panel[aria-labelledby=tab-${tab}]`).filter({ hasText: /\w/ }),
      ]),
    ),
    '/sessions': page.locator(`a[href="/sessions/${SESSION}"]`),
    [`/sessions/${SESSION}`]: page.getByRole('img', { name: /^Main agent/ }),
    '/insights': heading('Projects'),
    '/conversations': page.locator('main').filter({ hasText: /\w/ }),
    '/prompts': page.locator('main').filter({ hasText: /\w/ }),
    '/routes': page.locator('main').filter({ hasText: /\w/ }),
    '/limits': page.locator('main').filter({ hasText: /\w/ }),
    '/settings': page.getByRole('cell', { name: 'default' }).first(),
  };
}

/** Goes once around the page with Tab: what was reached, what was not, and where no ring told where one is. */
async function walk(page) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    globalThis.stops = new Set();
  });
  const faint = new Set();
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return 'out';
      if (globalThis.stops.has(here)) return 'again';
      globalThis.stops.add(here);
      const ring = (element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      };
      const told = ring(here) || ring(here.parentElement);
      return told ? '' : here.outerHTML.slice(0, 120);
    });
    if (stop === 'again') break;
    if (stop && stop !== 'out') faint.add(stop);
  }
  const missed = await page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button:not(:disabled), input, select, textarea, [tabindex="0"]');
    // One of a group of radio buttons or tabs is a stop; arrows go on from there. A row is opened with Enter from the list.
    return [...all]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0)
      .filter((element) => !(element instanceof HTMLInputElement && element.type === 'radio'))
      .filter((element) => !globalThis.stops.has(element))
      .map((element) => element.outerHTML.slice(0, 120));
  });
  return { reached: await page.evaluate(() => globalThis.stops.size), missed, faint: [...faint] };
}

export const steps = {
  async 'every page can be linked to, loaded anew, and gone back from'({ browser, dashboard, proxy }) {
    await mixedLoad(proxy);
    const page = await open(browser, dashboard);
    const all = Object.entries(await routes(dashboard, page));
    for (const [path, content] of all) {
      await page.goto(dashboard + path);
      await content.waitFor();
      await page.reload();
      await content.waitFor();
      assert.equal(page.url(), dashboard + path);
    }
    await page.goto(dashboard + '/requests');
    const visited = ['/sessions', '/insights', '/settings'];
    for (const path of visited) await page.locator(`nav a[href="${path}"]:visible`).click();
    for (const path of ['/insights', '/sessions', '/requests']) {
      await page.goBack();
      await page.waitForURL(dashboard + path);
    }
    for (const path of visited) {
      await page.goForward();
      await page.waitForURL(dashboard + path);
    }
    await page.getByRole('cell', { name: 'default' }).first().waitFor();
    await close(page);
    return `${all.length} pages`;
  },

  async 'from 390 pixels to 4K, and at 200 %, nothing is wider than the screen'({ browser, dashboard }) {
    const page = await open(browser, dashboard);
    const all = Object.entries(await routes(dashboard, page));
    const wide = [];
    for (const [path, content] of all) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(dashboard + path);
      await content.waitFor();
      // 720 pixels are a screen of 1,440 at 200 %.
      for (const [width, height] of [
        [390, 844],
        [720, 450],
        [1180, 800],
        [2560, 1440],
        [3840, 2160],
      ]) {
        await page.setViewportSize({ width, height });
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const over = await page.evaluate(() => {
          const main = document.querySelector('main').getBoundingClientRect();
          const root = document.documentElement;
          return root.scrollWidth > innerWidth || root.scrollHeight > innerHeight || main.right > innerWidth + 1;
        });
        if (over) wide.push(`${path} at ${width}`);
      }
    }
    await close(page);
    assert.deepEqual(wide, []);
    return `${all.length} pages, 5 sizes`;
  },

  async 'every screen is reached and walked with the keyboard alone'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests');
    await page.locator('[role=row][data-id]').first().waitFor();
    const links = await page.locator('nav a[href^="/"]').evaluateAll((all) => all.map((one) => one.pathname));
    const rail = new Set(links.filter((path) => path !== '/'));
    const letters = { '/conversations': 'c', '/insights': 'm', '/limits': 'l', '/prompts': 'p', '/requests': 'r' };
    Object.assign(letters, { '/routes': 'o', '/sessions': 's', '/settings': ',' });
    const contents = await routes(dashboard, page);
    const found = [];
    let stops = 0;
    for (const path of rail) {
      assert.ok(letters[path], `a key leads to ${path}`);
      await page.keyboard.press('g');
      await page.keyboard.press(letters[path]);
      await page.waitForURL(dashboard + path);
      await contents[path].waitFor();
      await page.waitForFunction(() => document.querySelector('main .loading, main .skeleton') === null);
      // The strip above the list comes by itself.
      if (path === '/requests') await page.locator('a.card[href^="/sessions/"]').first().waitFor();
      const { reached, missed, faint } = await walk(page);
      stops += reached;
      found.push(
        ...missed.map((what) => `${path}: not reached: ${what}`),
        ...faint.map((what) => `${path}: no ring: ${what}`),
      );
      await page.evaluate(() => document.activeElement?.blur());
    }
    assert.deepEqual(found, []);
    await close(page);
    return `${stops} stops`;
  },

  async 'a session is found, opened, read and left with the keyboard alone'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests');
    const tabTo = async (selector) => {
      for (let i = 0; i < MOST_STOPS; i++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not reach ${selector}`);
    };
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await tabTo('input');
    await page.keyboard.type('a41c6f0e');
    await page.waitForURL('**/sessions?q=a41c6f0e');
    await page.locator(`a[href="/sessions/${SESSION}"]`).waitFor();
    await tabTo(`a[href="/sessions/${SESSION}"]`);
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /^Main agent/ }).waitFor();
    await tabTo('ol a[href^="/requests/"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/requests/*');
    await page.getByRole('tab', { name: 'Conversation' }).waitFor();
    await tabTo('[role=tab]');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**?tab=context');
    await page.keyboard.press('End');
    await page.waitForURL('**?tab=raw');
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.pathname === '/requests');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await tabTo('a[href="/insights?range=week"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/insights?range=week');
    await page.keyboard.press('g');
    await page.keyboard.press(',');
    await tabTo('input[type=radio]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const theme = await page.evaluate(() => document.documentElement.dataset.theme);
    assert.ok(['dark', 'light'].includes(theme));
    await fetch(dashboard + '/api/settings', { method: 'PUT', body: '{"dashboard.theme":null}' });
    await close(page);
  },

  async 'nothing moves for those who asked for less motion'({ browser, dashboard }) {
    const page = await open(browser, dashboard);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [path, content] of Object.entries(await routes(dashboard, page))) {
      await page.goto(dashboard + path);
      await content.waitFor();
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((element) => {
            const { animationName, transitionDuration } = getComputedStyle(element);
            return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration);
          })
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(moving, [], path);
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0, path);
    }
    await close(page);
  },

  async 'a page whose files an upgrade took away loads itself anew, once'({ browser, dashboard }) {
    const page = await open(browser, dashboard + '/requests');
    await page.locator('[role=row][data-id]').first().waitFor();
    let refused = 0;
    await page.route('**/assets/Limits*.js', (route) => {
      refused++;
      return refused === 1 ? route.fulfill({ status: 404, body: '' }) : route.fallback();
    });
    await page.locator('nav a[href="/limits"]:visible').click();
    await page.getByRole('heading', { name: 'No answer has told of limits yet' }).waitFor();
    assert.equal(refused, 2);
    page.said = page.said.filter((line) => !/404|dynamically imported|reading 'default'/.test(line));
    await close(page);
  },

  async 'a change of 10,000 lines stays usable'({ browser, dashboard, proxy }) {
    const lines = (word) => Array.from({ length: LONG_DIFF_LINES }, (_, i) => `${word} ${i}`).join('\n');
    const input = { file_path: 'long.txt', old_string: lines('before'), new_string: lines('after') };
    await exchange(proxy, {
      session: SESSION,
      body: { model: 'claude-long-1', messages: [{ role: 'user', content: 'Change all' }] },
      order: { blocks: [{ type: 'tool_use', id: 'toolu_long', name: 'Edit', input }] },
    });
    const id = await newest(dashboard, 'tool:Edit model:long');
    const page = await open(browser, `${dashboard}/requests/${id}`);
    await page.getByRole('button', { name: 'Load the whole call' }).click();
    await page.getByRole('group', { name: 'Changes' }).waitFor();
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(elements < 6_000, `${elements} elements`);
    await page.getByRole('button', { name: /more lines?$/ }).click();
    await page.keyboard.press('2');
    await page.waitForURL('**?tab=context');
    await close(page);
    return `${elements} elements`;
  },

  async 'what is downloaded holds no credential'({ dashboard }) {
    const id = await newest(dashboard, 'tool:Edit');
    for (const part of ['', '/request/body', '/response/body', '/events', '/timing', '/context', '/cost']) {
      const told = await (await fetch(`${dashboard}/api/exchanges/${id}${part}`)).text();
      assert.ok(told.length > 0, part);
      assert.doesNotMatch(told, /sk-ant-secret/, part);
    }
  },
};
