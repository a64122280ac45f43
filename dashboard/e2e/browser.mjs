// A real Chromium, and what the tests ask of every page.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Chromium of the machine, without any traffic of its own. */
export function launch(executablePath) {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--js-flags=--expose-gc',
      '--enable-precise-memory-info',
    ],
  });
}

/** A page that notes every console message and every error: there must be none. */
export async function open(browser, url, { width = 1440, height = 900, theme = 'dark' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.said = [];
  page.on('console', (message) => page.said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => page.said.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    page.said.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const target = request.url();
    if (!target.startsWith(new URL(url).origin) && !/^(data|blob):/.test(target))
      page.said.push(`asked elsewhere: ${target}`);
  });
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  return page;
}

/** Closes a page; fails when anything was said. */
export async function close(page) {
  const said = page.said;
  await page.context().close();
  if (said.length > 0) throw new Error(`the console said:\n${[...new Set(said)].join('\n')}`);
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong, one line each: with all rules, or with those about colours only. */
export async function axe(page, coloursOnly = false) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const runOnly = coloursOnly ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: RULES };
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), {
    runOnly,
    resultTypes: ['violations'],
  });
  return found.violations.map(
    (violation) =>
      `${violation.id} (${violation.nodes.length}): ${violation.nodes[0].target} ${violation.nodes[0].failureSummary ?? ''}`,
  );
}
