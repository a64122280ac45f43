// Runs the steps against a program that somebody else starts:
//   prints {"upstream": URL} and reads {"proxy": URL, "dashboard": URL, "claude": FOLDER} from its input; then one line of JSON a step.
// Or, for one that runs already:   node e2e/run.mjs PROXY_URL DASHBOARD_URL UPSTREAM_PORT [ONLY]
// STEPS=./client-steps.mjs runs those of another file; they ask whoever started this to run the client.
import { createInterface } from 'node:readline';
import { launch } from './browser.mjs';
import { startUpstream } from './upstream.mjs';

const LONGEST_STEP_MILLIS = 240_000;

const [proxy, dashboard, port, only] = process.argv.slice(2);
const { steps, orderOf, oneStory = false } = await import(process.env.STEPS ?? './steps.mjs');
const upstream = await startUpstream(Number(port ?? 0), orderOf);
const tell = (value) => console.log(JSON.stringify(value));
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** Tells whoever started this something, and waits for the answer. */
const ask = async (value) => {
  tell(value);
  return JSON.parse((await answers.next()).value);
};
const program = proxy ? { proxy, dashboard } : await ask({ upstream: upstream.url });
const browser = await launch(process.env.CHROMIUM ?? '/usr/bin/chromium');
const world = { ...program, upstream, browser, ask, corpora: process.env.CORPORA_DIR ?? '../../shared/corpora' };

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  if (only && !new RegExp(only).test(name)) continue;
  if (oneStory && failed > 0) {
    tell({ step: name, failure: 'not reached', note: '', millis: 0 });
    continue;
  }
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

function within(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${LONGEST_STEP_MILLIS} ms`)), LONGEST_STEP_MILLIS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
