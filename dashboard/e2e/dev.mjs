// For looking at the dashboard while it is being built: a model server, a load once, then a trickle.
//   node e2e/dev.mjs PROXY_URL UPSTREAM_PORT [EXTRA_SESSIONS]
import { startUpstream } from './upstream.mjs';
import { mixedLoad, playSession, retrySession } from './workload.mjs';

const [proxy, port, extra = '0'] = process.argv.slice(2);
await startUpstream(Number(port));
await mixedLoad(proxy, 3);
for (let i = 0; i < Number(extra); i++) {
  await playSession(
    proxy,
    crypto.randomUUID(),
    'Again',
    retrySession(),
    ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'][i % 3],
  );
}
console.log('ready');
