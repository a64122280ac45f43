// Lets the official client libraries read streams: one JSON object {"name", "format", "stream"} a line in, or {"name",
// "format", "url", "model"} where they are to ask a server for it; {"name", "message"} or {"name", "error"} a line out. Run
// with the folder where they are installed.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';

const require = createRequire(path.join(process.argv[2], 'package.json'));
const { Anthropic } = require('@anthropic-ai/sdk');
const { OpenAI } = require('openai');

const messages = [{ role: 'user', content: 'Hi' }];

function settings({ stream: text, url }, version) {
  if (url) {
    return { apiKey: 'none', maxRetries: 0, baseURL: url + version };
  }
  const bytes = Buffer.from(text);
  const answer = () => {
    let at = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) {
          return controller.close();
        }
        const next = Math.min(bytes.length, at + 37);
        controller.enqueue(new Uint8Array(bytes.subarray(at, next)));
        at = next;
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  return { apiKey: 'none', maxRetries: 0, fetch: async () => answer() };
}

const readers = {
  'anthropic-messages': (line, model) =>
    new Anthropic(settings(line, '')).messages.stream({ model, messages, max_tokens: 1000 }).finalMessage(),
  'openai-chat': (line, model) =>
    new OpenAI(settings(line, '/v1')).chat.completions
      .stream({ model, messages, stream_options: { include_usage: true } })
      .finalChatCompletion(),
  'openai-responses': (line, model) =>
    new OpenAI(settings(line, '/v1')).responses.stream({ model, input: 'Hi' }).finalResponse(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const { name, format, model = 'm' } = asked;
  let answer;
  try {
    answer = { name, message: await readers[format](asked, model) };
  } catch (error) {
    answer = { name, error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
