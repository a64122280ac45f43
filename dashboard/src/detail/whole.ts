import { api } from '../api/http';
import type { ExchangeDetail } from '../api/types';
import { MessageFolder } from '../conversation/message-folder';
import { SseReader } from '../conversation/sse-reader';

/** Request and answer with every long text in place. */
export interface Whole {
  request: unknown;
  response: unknown;
}

/** Reads both bodies whole: the detail leaves texts over 64 KiB out. */
export async function wholeOf(detail: ExchangeDetail): Promise<Whole> {
  const [request, answer] = await Promise.all(
    [detail.requestBody?.href, detail.responseBody?.href].map((href) => (href ? api.text(href) : undefined)),
  );
  return {
    request: request === undefined ? detail.request : JSON.parse(request),
    response: answer === undefined ? detail.response : detail.streamed ? folded(answer) : JSON.parse(answer),
  };
}

function folded(stream: string): unknown {
  const folder = new MessageFolder();
  const reader = new SseReader((data) => folder.take(data));
  reader.read(stream + '\n\n');
  return folder.message;
}
