// One exchange in full. Recorded content only ever becomes text.

import { bytes, element, millis, outcomeTone, tokens, totalWritten } from '/assets/format.js';

const LONGEST_RAW = 256 * 1024; // characters of a raw body that the page shows; the download has all
const OPEN_LEVELS = 1;          // levels of a JSON tree that are open at first
const SHOWN_MEMBERS = 200;      // members of one JSON value that are shown at first

let current = null;

export async function openDetail(place, id, json, close) {
  current = id;
  place.hidden = false;
  place.replaceChildren(head('Loading…', null, close));
  try {
    const exchange = await json('/api/exchanges/' + encodeURIComponent(id));
    if (current === id) show(place, exchange, json, close);
  } catch (failure) {
    if (current !== id) return;
    const words = failure instanceof TypeError ? 'The proxy does not answer.' : failure.message;
    place.replaceChildren(head('Request', null, close), element('p', { class: 'notice' }, words));
  }
}

export function closeDetail(place) {
  current = null;
  place.hidden = true;
  place.replaceChildren();
}

function show(place, exchange, json, close) {
  const { summary } = exchange;
  const again = () => openDetail(place, summary.id, json, close);
  place.replaceChildren(
    head(summary.method + ' ' + exchange.target, summary, close, again),
    facts(exchange),
    part('Response', note(exchange), true, () => message(exchange)),
    part('Request', exchange.requestBody && bytes(exchange.requestBody.wireBytes), false, () => request(exchange)),
    part('Timing', undefined, false, () => timing(exchange.timing)),
    part('Request headers', exchange.requestHeaders.length, false, () => headers(exchange.requestHeaders)),
    part('Response headers', exchange.responseHeaders?.length, false, () => headers(exchange.responseHeaders ?? [])),
    part('Raw response', exchange.responseBody && bytes(exchange.responseBody.bytes), false, () => raw(exchange.responseBody)),
  );
  if (exchange.streamed) place.append(part('Events', undefined, false, () => events(summary.id, json)));
  place.scrollTop = 0;
}

function head(title, summary, close, again) {
  const header = element('header', {});
  const back = element('button', { type: 'button' }, 'Close');
  back.addEventListener('click', close);
  const right = element('span', { class: 'right' });
  if (summary?.outcome === 'running') {
    const refresh = element('button', { type: 'button' }, 'Refresh');
    refresh.addEventListener('click', again);
    right.append(refresh);
  }
  right.append(back);
  if (summary) header.append(element('span', { class: 'dot', 'data-tone': outcomeTone(summary) }));
  header.append(element('h2', { title }, title), right);
  return header;
}

function facts(exchange) {
  const { summary } = exchange;
  const all = element('dl', { class: 'facts' });
  const fact = (name, value, wide) => {
    if (value === undefined || value === null || value === '') return;
    all.append(element('div', wide ? { class: 'wide' } : {}, element('dt', {}, name), element('dd', { title: String(value) }, String(value))));
  };
  fact('Error', summary.error, true);
  if (exchange.detail !== summary.error) fact('How it ended', exchange.detail, true);
  fact('Outcome', summary.outcome.replaceAll('_', ' '));
  fact('Status', summary.status);
  fact('Stop reason', summary.stop);
  fact('Started', new Date(summary.at).toLocaleString());
  fact('Kind', summary.kind.replaceAll('_', ' '));
  fact('Agent', summary.agentId ?? summary.agent);
  fact('Parent agent', summary.parentAgentId);
  fact('Model', summary.model);
  if (summary.requestedModel !== summary.model) fact('Requested model', summary.requestedModel);
  fact('Context', tokens(summary.ctx));
  fact('New', tokens(summary.input));
  fact('Cache read', tokens(summary.read));
  fact('Cache written', tokens(totalWritten(summary)));
  fact('Output', tokens(summary.out));
  fact('First token', millis(summary.ttft));
  fact('Duration', millis(summary.dur));
  fact('Session', summary.sessionId);
  fact('Request id', exchange.requestId);
  fact('Message id', exchange.messageId);
  fact('Attempt group', exchange.attemptGroup);
  fact('Client', exchange.clientAddress);
  fact('Exchange', summary.id);
  return all;
}

/** A part that is made when it is opened first. */
function part(name, extra, open, make) {
  const body = element('div', { class: 'body' });
  const all = element('details', { class: 'part' },
    element('summary', {}, name, extra === undefined || extra === null ? undefined : element('small', {}, String(extra))), body);
  const fill = () => { if (!body.hasChildNodes()) body.append(make()); };
  all.addEventListener('toggle', () => { if (all.open) fill(); });
  if (open) { all.open = true; fill(); }
  return all;
}

// ---- request and response ----

function note(exchange) {
  if (!exchange.responseBody) return undefined;
  const { wireBytes, encoding } = exchange.responseBody;
  return bytes(wireBytes) + (encoding ? ' ' + encoding : '') + (exchange.streamed ? ', streamed' : '');
}

function message(exchange) {
  const all = element('div', {}, said(exchange));
  const { folding } = exchange;
  if (!folding) return all;
  if (!folding.complete) all.append(element('p', { class: 'tone-bad' }, 'The stream ended before the message did.'));
  const rest = (title, content) => all.append(element('div', { class: 'block' }, element('h3', {}, title), content));
  if (folding.error) rest('error in the stream', tree(folding.error));
  for (const cut of folding.cutInputs) rest('input of block ' + cut.block + ', cut off', element('pre', {}, cut.text));
  if (folding.notUnderstood.length) rest('events of no known kind', tree(folding.notUnderstood));
  return all;
}

function said(exchange) {
  const { response, summary } = exchange;
  if (response === undefined) {
    return element('p', { class: 'none' }, summary.outcome === 'running' ? 'Still running.' : 'There is nothing that could be shown as a message.');
  }
  if (!Array.isArray(response?.content)) return tree(response);
  const all = element('div', {});
  response.content.forEach((block) => all.append(contentBlock(block)));
  const { content, ...rest } = response;
  all.append(element('div', { class: 'block' }, element('h3', {}, 'message'), tree(rest)));
  return all;
}

function contentBlock(block) {
  const titled = (title, kind, content) => element('div', { class: 'block ' + kind }, element('h3', {}, title), content);
  if (block?.type === 'text' && typeof block.text === 'string') return titled('text', 'text', element('pre', {}, block.text));
  if (block?.type === 'thinking' && typeof block.thinking === 'string') return titled('thinking', 'text', element('pre', {}, block.thinking));
  if (block?.type === 'tool_use') return titled('tool use · ' + block.name, 'tool', tree(block.input));
  return titled(String(block?.type ?? 'block').replaceAll('_', ' '), 'other', tree(block));
}

function request(exchange) {
  const all = element('div', {});
  if (exchange.request !== undefined) all.append(tree(exchange.request));
  else all.append(element('p', { class: 'none' }, exchange.requestBody ? 'Not JSON, or too long to show.' : 'No body.'));
  all.append(download(exchange.requestBody));
  return all;
}

function download(body) {
  if (!body?.href) return element('p', { class: 'none' }, body ? 'This body was not kept.' : '');
  return element('p', {}, element('a', { href: body.href, download: '' }, 'Download ' + bytes(body.bytes)));
}

function tree(value) {
  return element('div', { class: 'tree' }, branch(null, value, 0));
}

function branch(key, value, level) {
  const name = key === null ? undefined : element('span', { class: 'key' }, key + ': ');
  if (value === null || typeof value !== 'object') {
    const kind = typeof value === 'string' ? 'string' : 'other';
    return element('div', { class: 'leaf' }, name, element('span', { class: kind }, typeof value === 'string' ? value : String(value)));
  }
  if (value.truncated === true && typeof value.href === 'string') {
    return element('div', { class: 'leaf' }, name, element('a', { href: value.href, download: '' }, bytes(value.bytes) + ' of text: in the download'));
  }
  const members = Object.entries(value);
  const size = Array.isArray(value) ? '[' + members.length + ']' : '{' + members.length + '}';
  const node = element('details', {}, element('summary', {}, name, size + ' ' + hint(value)));
  const fill = () => { if (node.childElementCount === 1) more(node, members, 0, level); };
  node.addEventListener('toggle', () => { if (node.open) fill(); });
  if (level < OPEN_LEVELS) { node.open = true; fill(); }
  return node;
}

function more(node, members, from, level) {
  for (const [key, value] of members.slice(from, from + SHOWN_MEMBERS)) node.append(branch(key, value, level + 1));
  const left = members.length - from - SHOWN_MEMBERS;
  if (left <= 0) return;
  const button = element('button', { type: 'button' }, left + ' more');
  button.addEventListener('click', () => { button.remove(); more(node, members, from + SHOWN_MEMBERS, level); });
  node.append(button);
}

const hint = (value) => ['type', 'role', 'name'].map((key) => value[key]).filter((word) => typeof word === 'string').join(' ').slice(0, 80);

// ---- the rest ----

function headers(lines) {
  const table = element('table', {});
  for (const { name, value } of lines) {
    const hidden = value.startsWith('hmac:');
    table.append(element('tr', {}, element('th', { scope: 'row' }, name),
      element('td', hidden ? { class: 'redacted', title: 'A credential: only its fingerprint is kept' } : {}, element('code', {}, value))));
  }
  return lines.length ? table : element('p', { class: 'none' }, 'None.');
}

function timing(times) {
  const bars = element('div', { class: 'bars' });
  const end = times.end ?? times.lastByte ?? 0;
  const bar = (name, value) => {
    if (value === undefined) return;
    bars.append(element('span', {}, name), element('progress', { max: end || 1, value, 'aria-label': name }), element('span', { class: 'num' }, millis(value)));
  };
  bar('Head of the answer', times.head);
  bar('First byte', times.firstByte);
  bar('First content', times.firstContent);
  bar('Last byte', times.lastByte);
  bar('End', times.end);
  bar('Longest silence', times.longestSilence);
  return element('div', {}, bars, element('p', { class: 'none' }, times.pieces + ' pieces read from the network.'));
}

function raw(body) {
  const all = element('div', {});
  if (!body?.href) { all.append(download(body)); return all; }
  const text = element('pre', { class: 'raw' }, 'Loading…');
  all.append(text, download(body));
  start(body.href).then((content) => { text.textContent = content; }, (failure) => { text.textContent = failure.message; });
  return all;
}

/** The first part of a body; the rest is not even read. */
async function start(href) {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error('The proxy answered ' + answer.status + '.');
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > LONGEST_RAW) {
      reader.cancel();
      return text.slice(0, LONGEST_RAW) + '\n… the rest is in the download';
    }
  }
}

function events(id, json) {
  const rows = element('tbody', {});
  const next = element('button', { type: 'button' }, 'Load more');
  const remark = element('p', { class: 'none' });
  const load = async (cursor) => {
    next.hidden = true;
    try {
      const page = await json('/api/exchanges/' + id + '/events?limit=200' + (cursor ? '&cursor=' + cursor : ''));
      for (const event of page.items) {
        rows.append(element('tr', {}, element('td', { class: 'num' }, event.t === undefined ? '–' : (event.t / 1000).toFixed(3) + ' s'),
          element('th', { scope: 'row' }, event.type), element('td', {}, element('code', {}, event.data))));
      }
      remark.textContent = page.times === 'approximate' ? 'Times are estimates: the stream was compressed on the wire.' : '';
      next.hidden = !page.more;
      next.onclick = () => load(page.next);
    } catch (failure) {
      remark.textContent = failure.message;
    }
  };
  load(null);
  return element('div', {}, remark, element('table', { class: 'events' }, rows), next);
}
