// Lets the official client libraries read streams: one JSON object {"name", "format", "stream"} a line in,
// {"name", "message"} or {"name", "error"} a line out. Run with the folder where they are installed.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';

const require = createRequire(path.join(process.argv[2], 'package.json'));
const { Anthropic } = require('@anthropic-ai/sdk');
const { OpenAI } = require('openai');

const ask = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1000 };

function settings(text) {
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
  'anthropic-messages': (text) => new Anthropic(settings(text)).messages.stream(ask).finalMessage(),
  'openai-chat': (text) => new OpenAI(settings(text)).chat.completions.stream(ask).finalChatCompletion(),
  'openai-responses': (text) =>
    new OpenAI(settings(text)).responses.stream({ model: 'm', input: 'Hi' }).finalResponse(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { name, format, stream } = JSON.parse(line);
  let answer;
  try {
    answer = { name, message: await readers[format](stream) };
  } catch (error) {
    answer = { name, error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
