import { requestBodyPath } from '../api/http';
import type { ExchangeDetail } from '../api/types';
import { clientBaseUrl } from '../app/address';

/** Set by curl itself, or of one connection only. */
const LEFT_OUT = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'expect', 'transfer-encoding']);

/** A command that sends the same request again; credentials are not recorded and stand as variables. */
export function curlOf(detail: ExchangeDetail): string {
  const lines = [`curl -sS ${quoted(clientBaseUrl() + detail.target)}`, `-X ${detail.summary.method}`];
  for (const { name, value } of detail.requestHeaders) {
    if (LEFT_OUT.has(name.toLowerCase())) continue;
    lines.push(value.includes('hmac:') ? `-H "${name}: ${credential(name)}"` : `-H ${quoted(`${name}: ${value}`)}`);
  }
  if (detail.requestBody?.href) {
    lines.push('--data-binary @-');
    return `curl -sS ${quoted(location.origin + requestBodyPath(detail.summary.id))} |\n  ${lines.join(' \\\n  ')}`;
  }
  return lines.join(' \\\n  ');
}

const credential = (name: string) =>
  name.toLowerCase() === 'authorization' ? 'Bearer $ANTHROPIC_AUTH_TOKEN' : '$ANTHROPIC_API_KEY';

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
