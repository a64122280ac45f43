// Runs the steps against a program that somebody else starts:
//   prints {"upstream": URL} and reads {"proxy": URL, "dashboard": URL, "claude": FOLDER} from its input; then one line of JSON a step.
// Or, for one that runs already:   node e2e/run.mjs PROXY_URL DASHBOARD_URL UPSTREAM_PORT [STEPS]
import { createInterface } from 'node:readline';
import { launch } from './browser.mjs';
import { steps } from './steps.mjs';
import { startUpstream } from './upstream.mjs';

const LONGEST_STEP_MILLIS = 240_000;

const [proxy, dashboard, port, only] = process.argv.slice(2);
const upstream = await startUpstream(Number(port ?? 0));
const tell = (value) => console.log(JSON.stringify(value));
tell({ upstream: upstream.url });
const program = proxy ? { proxy, dashboard } : await firstLine();
const browser = await launch(process.env.CHROMIUM ?? '/usr/bin/chromium');
const world = { ...program, upstream, browser, corpora: process.env.CORPORA_DIR ?? '../../shared/corpora' };

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  if (only && !new RegExp(only).test(name)) continue;
  const started = performance.now();
  let failure = '';
  let note = '';
  try {
    note = (await within(step(world))) ?? '';
  } catch (problem) {
    failure = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    failed++;
    for (const context of browser.contexts()) await context.close();
  }
  tell({ step: name, failure, note, millis: Math.round(performance.now() - started) });
}
await browser.close();
upstream.close();
tell({ end: true });
process.exit(failed > 0 ? 1 : 0);

async function firstLine() {
  for await (const line of createInterface({ input: process.stdin })) return JSON.parse(line);
  throw new Error('nobody named a program');
}

function within(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${LONGEST_STEP_MILLIS} ms`)), LONGEST_STEP_MILLIS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
