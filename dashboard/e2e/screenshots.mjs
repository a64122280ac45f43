// Pictures of every screen in both themes and widths, from a program that runs (./ccproxy demo):
//   node e2e/screenshots.mjs DASHBOARD_URL FOLDER [ONLY]
import { mkdirSync } from 'node:fs';
import { close, launch, open } from './browser.mjs';

const [dashboard, folder, only = ''] = process.argv.slice(2);
const SETTLED_MILLIS = 700;

mkdirSync(folder, { recursive: true });
const first = async (path) => (await (await fetch(dashboard + path)).json()).items?.[0];
const broken = await first('/api/exchanges?q=cache%3Abreak&limit=1');
const edit = await first('/api/exchanges?q=tool%3DEdit&limit=1');
const said = await first('/api/exchanges?q=' + encodeURIComponent('"retry budget is in place"') + '&limit=1');
const failed = await first('/api/exchanges?q=is%3Aerror&limit=1');
const prompt = await first('/api/prompts?limit=1');
const session = broken?.sessionId;

const screens = {
  requests: '/requests',
  breaks: '/requests?q=cache%3Abreak',
  search: '/requests?text=budget',
  conversation: `/requests/${said?.id}`,
  edit: `/requests/${edit?.id}`,
  context: `/requests/${broken?.id}?tab=context`,
  changes: `/requests/${broken?.id}?tab=changes`,
  timing: `/requests/${said?.id}?tab=timing`,
  headers: `/requests/${said?.id}?tab=headers`,
  error: `/requests/${failed?.id}`,
  sessions: '/sessions',
  session: `/sessions/${session}`,
  insights: '/insights',
  prompts: '/prompts',
  prompt: `/prompts/${prompt?.hash}`,
  routes: '/routes',
  conversations: '/conversations',
  limits: '/limits',
  settings: '/settings',
};

const browser = await launch(process.env.CHROMIUM ?? '/usr/bin/chromium');
for (const [name, path] of Object.entries(screens)) {
  if (!name.includes(only)) continue;
  for (const width of [1440, 390]) {
    const page = await open(browser, dashboard + path, { width, height: width === 390 ? 844 : 900 });
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.waitForFunction(() => document.querySelector('.loading, .skeleton') === null);
    await page.waitForTimeout(SETTLED_MILLIS);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
      await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png` });
    }
    await close(page);
  }
  console.log(name);
}
await browser.close();
