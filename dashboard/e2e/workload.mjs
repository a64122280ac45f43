// Requests as Claude Code sends them, in the order in which a session sends them, for tests and screenshots.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SESSION = { retry: 'a41c6f0e-52d3-4e0a-9a55-1f0c7d2b9e01', flaky: 'c7b1d2a8-9f64-4c0b-8d6e-2a9b7e4f5c02' };

/** Sends one exchange through the proxy and reads its answer to the end. */
export async function exchange(
  proxy,
  { session, agent, client = '2.1.330', beta, body, order, path = '/v1/messages?beta=true', signal },
) {
  const headers = {
    'content-type': 'application/json',
    'user-agent': `claude-cli/${client} (external, cli)`,
    'x-api-key': 'sk-ant-secret-of-a-test-0123456789',
    'anthropic-version': '2023-06-01',
  };
  if (session) headers['x-claude-code-session-id'] = session;
  if (beta) headers['anthropic-beta'] = beta;
  if (agent) headers['x-claude-code-agent-id'] = agent;
  const whole = { max_tokens: 32000, stream: true, ...body, metadata: { user_id: 'user_e2e', order } };
  const response = await fetch(proxy + path, { method: 'POST', headers, body: JSON.stringify(whole), signal });
  await response.arrayBuffer();
  return response.status;
}

const user = (text) => ({ role: 'user', content: [{ type: 'text', text }] });
const call = (id, name, input) => ({ type: 'tool_use', id, name, input });
const result = (id, content, isError = false) => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content, ...(isError ? { is_error: true } : {}) }],
});

export const reminder = (text) => ({ type: 'text', text: `<system-reminder>\n${text}\n</system-reminder>` });

const JAVA = `package proxy;

/** Sends a request again when the upstream is overloaded. */
final class UpstreamClient {
    HttpResponse<InputStream> send(HttpRequest req) throws IOException {
        HttpResponse<InputStream> res = client.send(req, BodyHandlers.ofInputStream());
        if (res.statusCode() == 529) {
            Thread.sleep(1000);
            return send(req);
        }
        return res;
    }
}
`;

const numbered = (text) =>
  text
    .split('\n')
    .map((line, i) => `${String(i + 1).padStart(6)}\t${line}`)
    .join('\n');

const OLD = `        if (res.statusCode() == 529) {
            Thread.sleep(1000);
            return send(req);
        }`;
const NEW = `        if (res.statusCode() == 529 && budget.tryAcquire(sessionId)) {
            Thread.sleep(RetryAfter.parse(res.headers()).orElse(backoff.next()));
            return send(req);
        }`;

const SUMMARY = `The retry budget is in place.

## What changed

| File | Change |
|---|---|
| \`UpstreamClient.java\` | asks the budget before a retry, honours \`Retry-After\` |
| \`RetryBudget.java\` | token bucket per session, 5 per minute |
| \`UpstreamClientTest.java\` | 3 new tests |

\`\`\`java
if (res.statusCode() == 529 && budget.tryAcquire(sessionId)) {
    Thread.sleep(RetryAfter.parse(res.headers()).orElse(backoff.next()));
}
\`\`\`

All **214 tests** pass. Next I would:

1. expose the budget as a setting,
2. count what was refused.
`;

const TERMINAL = `\u001b[1mRunning tests\u001b[0m
\u001b[32m✓\u001b[0m retriesWithinTheBudget \u001b[2m(12 ms)\u001b[0m
\u001b[32m✓\u001b[0m honoursRetryAfter \u001b[2m(8 ms)\u001b[0m
\u001b[31m✗\u001b[0m passesTheErrorOnWhenTheBudgetIsEmpty
  expected \u001b[32m529\u001b[0m but was \u001b[31m200\u001b[0m
\u001b[33m2 passed, 1 failed\u001b[0m`;

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const tools = ['Agent', 'Bash', 'Edit', 'Glob', 'Grep', 'Read', 'TodoWrite', 'Write'].map((name) => ({
  name,
  description: `The tool ${name}.`,
  input_schema: { type: 'object', properties: {} },
}));

/** The steps of one session: each is what the model answers, and the results that the client sends next. */
export function retrySession() {
  const todos = (done) =>
    [
      'Find the current 529 handling',
      'Add RetryBudget (token bucket per session)',
      'Honour Retry-After',
      'Test it',
    ].map((content, i) => ({
      content,
      activeForm: content,
      status: i < done ? 'completed' : i === done ? 'in_progress' : 'pending',
    }));
  return [
    {
      blocks: [
        {
          type: 'thinking',
          thinking:
            'The user wants a retry budget. I should look at how 529 is handled today before changing anything.',
        },
        { type: 'text', text: "I'll look at how 529 is handled today before changing anything." },
        call('toolu_1', 'Grep', { pattern: '529', path: 'src', output_mode: 'content' }),
        call('toolu_2', 'Read', { file_path: 'src/main/java/proxy/UpstreamClient.java' }),
      ],
      results: [
        result('toolu_1', 'src/main/java/proxy/UpstreamClient.java:7:        if (res.statusCode() == 529) {'),
        result('toolu_2', numbered(JAVA)),
      ],
    },
    {
      blocks: [
        { type: 'text', text: 'There is exactly one retry site. Plan:' },
        call('toolu_3', 'TodoWrite', { todos: todos(1) }),
      ],
      results: [result('toolu_3', 'Todos have been modified successfully.')],
    },
    {
      blocks: [
        call('toolu_4', 'Edit', {
          file_path: 'src/main/java/proxy/UpstreamClient.java',
          old_string: OLD,
          new_string: NEW,
        }),
      ],
      results: [result('toolu_4', 'The file has been updated.')],
    },
    {
      blocks: [
        call('toolu_5', 'Write', {
          file_path: 'src/main/java/proxy/RetryBudget.java',
          content:
            'package proxy;\n\n/** At most five retries a minute for each session. */\nfinal class RetryBudget {\n    boolean tryAcquire(String sessionId) {\n        return bucket(sessionId).take();\n    }\n}\n',
        }),
      ],
      results: [result('toolu_5', 'File created successfully.')],
    },
    {
      blocks: [
        call('toolu_6', 'Bash', {
          command: 'mvn -q test -Dtest=UpstreamClientTest',
          description: 'Run the tests of the client',
        }),
      ],
      results: [result('toolu_6', TERMINAL, true)],
    },
    {
      blocks: [
        { type: 'text', text: 'One test fails; the reviewer can look at it while I fix it.' },
        call('toolu_7', 'Agent', {
          subagent_type: 'code-reviewer',
          description: 'Review the retry patch',
          prompt: 'Review the retry budget in UpstreamClient.java.',
        }),
      ],
      results: [
        result('toolu_7', [{ type: 'text', text: 'The budget must be asked before the sleep. Otherwise fine.' }]),
      ],
    },
    {
      blocks: [call('toolu_8', 'mcp__github__get_issue', { owner: 'acme', repo: 'proxy', issue_number: 412 })],
      results: [result('toolu_8', '{"number":412,"title":"Retries never stop","state":"open"}')],
    },
    { blocks: [{ type: 'text', text: SUMMARY }], results: [] },
  ];
}

/** Plays a session through the proxy; returns how many exchanges it made. */
export async function playSession(proxy, session, prompt, steps, model = 'claude-opus-5-5', pace = 0) {
  const messages = [
    {
      role: 'user',
      content: [
        reminder('# claudeMd\nUse whole words. Run the tests before you say that you are done.'),
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } },
        { type: 'text', text: prompt },
      ],
    },
  ];
  let context = 14_000;
  for (const step of steps) {
    const read = context > 14_000 ? context - 900 : 0;
    await exchange(proxy, {
      session,
      body: { model, system: [{ type: 'text', text: 'You are a careful engineer.' }], tools, messages },
      order: {
        blocks: step.blocks,
        pace,
        out: 180 + messages.length * 130,
        usage: { input_tokens: 12, cache_read_input_tokens: read, cache_creation_input_tokens: context - read },
      },
    });
    messages.push({
      role: 'assistant',
      content: step.blocks.map((block) => ({ ...block, ...(block.type === 'thinking' ? { signature: 'c2ln' } : {}) })),
    });
    const content = step.results.flatMap((message) => message.content);
    if (content.length > 0) messages.push({ role: 'user', content });
    context += 2_400;
  }
  return steps.length;
}

/** A mixed load: two sessions, a subagent, errands, and failures of every kind that needs no patience. */
export async function mixedLoad(proxy, pace = 0) {
  await exchange(proxy, {
    session: SESSION.retry,
    body: {
      model: 'claude-haiku-5-5',
      output_config: { format: { type: 'json_schema' } },
      messages: [user('Name this session')],
    },
    order: { say: '{"title":"Add retry budget to upstream client"}', usage: { input_tokens: 300 }, out: 17 },
  });
  await playSession(
    proxy,
    SESSION.retry,
    'The proxy retries 529s forever. Give it a **retry budget per session** (max 5 per minute), honour `Retry-After`, and add a test.',
    retrySession(),
    'claude-opus-5-5',
    pace,
  );
  await exchange(proxy, {
    session: SESSION.retry,
    agent: 'a0123456789abcdef',
    body: { model: 'claude-sonnet-5-5', tools, messages: [user('Review the retry budget in UpstreamClient.java.')] },
    order: {
      blocks: [call('toolu_s1', 'Read', { file_path: 'src/main/java/proxy/RetryBudget.java' })],
      usage: { input_tokens: 4, cache_creation_input_tokens: 9_100 },
    },
  });
  await exchange(proxy, {
    session: SESSION.flaky,
    body: { model: 'claude-opus-5-5', messages: [user('Why is the reconnect test flaky?')], tools },
    path: '/v1/messages/count_tokens?beta=true',
  });
  await exchange(proxy, {
    session: SESSION.flaky,
    body: { model: 'claude-opus-5-5', messages: [user('Why is the reconnect test flaky?')], tools },
    order: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
  });
  await exchange(proxy, {
    session: SESSION.flaky,
    body: { model: 'claude-sonnet-5-5', messages: [user('Why is the reconnect test flaky?')], tools },
    order: {
      say: 'I found the cause: the reconnect timer was never cancelled.',
      usage: { input_tokens: 31, cache_read_input_tokens: 94_000, cache_creation_input_tokens: 1_200 },
    },
  });
}

/** A session file as Claude Code keeps it: one prompt and its answer. */
export function writeSessionFile(claude, sessionId, prompt, answer, requestId) {
  const folder = join(claude, 'projects', '-home-alice-shop');
  const record = (type, message, more) => ({
    type,
    message,
    uuid: crypto.randomUUID(),
    timestamp: new Date().toISOString(),
    cwd: '/home/alice/shop',
    sessionId,
    version: '2.1.330',
    ...more,
  });
  const usage = { input_tokens: 3, output_tokens: 42 };
  const said = { id: 'msg_e2e', type: 'message', role: 'assistant', model: 'claude-opus-5-5', usage };
  const records = [
    record('user', { role: 'user', content: prompt }),
    record('assistant', { ...said, content: [{ type: 'text', text: answer }] }, { requestId }),
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${sessionId}.jsonl`), records.map((line) => JSON.stringify(line) + '\n').join(''));
}
