// A model server for tests: answers what an order asks for, such as {"say": "..."}. The order stands in `metadata.order` of the
// request, or a script gives it for requests that a real client makes.
import { createServer } from 'node:http';

/** Starts on a free port; `held` answers go on when the test says so. */
export async function startUpstream(port = 0, orderOf = (body) => body.metadata?.order) {
  const gates = new Map();
  const server = createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(pieces).toString() || '{}');
      void answer(body, orderOf(body, request.headers) ?? {}, request, response, gates);
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Lets an answer with `hold: name` go on by one step. */
    release: (name) => gate(gates, name).open(),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function gate(gates, name) {
  if (!gates.has(name)) {
    const waiting = [];
    let ready = 0;
    gates.set(name, {
      open: () => (waiting.length > 0 ? waiting.shift()() : ready++),
      pass: () => (ready > 0 ? Promise.resolve(ready--) : new Promise((resolve) => waiting.push(resolve))),
    });
  }
  return gates.get(name);
}

async function answer(body, order, request, response, gates) {
  const headers = { 'request-id': 'req_e2e', ...order.headers };
  if (order.status) {
    response.writeHead(order.status, { 'content-type': 'application/json', ...headers });
    response.end(
      JSON.stringify({ type: 'error', error: { type: order.type ?? 'api_error', message: order.message ?? '' } }),
    );
    return;
  }
  if (request.url.includes('count_tokens')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"input_tokens":4321}');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
  if (request.url.includes('chat/completions')) {
    response.end(chatCompletion(body.model));
    return;
  }
  const send = (data) => response.write(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);
  await stream(
    order,
    body,
    send,
    order.hold ? () => gate(gates, order.hold).pass() : order.pace ? () => pause(order.pace) : async () => {},
  );
  response.end();
}

/** What another provider says, in its own format. */
function chatCompletion(model) {
  const chunk = (delta, finish_reason = null) =>
    `data: ${JSON.stringify({ id: 'chat_e2e', object: 'chat.completion.chunk', created: 0, model, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  return chunk({ role: 'assistant', content: 'Said elsewhere.' }) + chunk({}, 'stop') + 'data: [DONE]\n\n';
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function stream(order, body, send, step) {
  const usage = {
    input_tokens: 3,
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    output_tokens: 1,
    ...order.usage,
  };
  send({
    type: 'message_start',
    message: {
      id: 'msg_e2e',
      type: 'message',
      role: 'assistant',
      model: order.model ?? body.model,
      content: [],
      stop_reason: null,
      usage,
    },
  });
  const blocks = order.blocks ?? [{ type: 'text', text: order.say ?? 'Done.' }];
  for (const [index, block] of blocks.entries()) await sendBlock(index, block, send, step);
  const toolUse = blocks.some((block) => block.type === 'tool_use');
  send({
    type: 'message_delta',
    delta: { stop_reason: order.stop ?? (toolUse ? 'tool_use' : 'end_turn'), stop_sequence: null },
    usage: { ...usage, output_tokens: order.out ?? 42 },
  });
  send({ type: 'message_stop' });
}

async function sendBlock(index, block, send, step) {
  const empty = { ...block };
  const deltas = [];
  if (block.type === 'text') {
    empty.text = '';
    for (const text of pieces(block.text)) deltas.push({ type: 'text_delta', text });
  } else if (block.type === 'thinking') {
    empty.thinking = '';
    empty.signature = '';
    for (const thinking of pieces(block.thinking)) deltas.push({ type: 'thinking_delta', thinking });
    deltas.push({ type: 'signature_delta', signature: block.signature ?? 'c2ln' });
  } else if (block.input !== undefined) {
    empty.input = {};
    for (const partial_json of pieces(JSON.stringify(block.input), 400))
      deltas.push({ type: 'input_json_delta', partial_json });
  }
  send({ type: 'content_block_start', index, content_block: empty });
  for (const delta of deltas) {
    send({ type: 'content_block_delta', index, delta });
    await step();
  }
  send({ type: 'content_block_stop', index });
}

function pieces(text, size = 12) {
  const list = [];
  for (let at = 0; at < text.length; at += size) list.push(text.slice(at, at + size));
  return list.length > 0 ? list : [''];
}
