// The plain dashboard: a live list of exchanges and one of them in full. Recorded content only ever becomes text.

import { closeDetail, openDetail } from '/assets/detail.js';
import { clock, element, millis, outcomeTone, shortModel, tokens, totalWritten } from '/assets/format.js';

const PAGE_ROWS = 100;      // rows in the DOM at first, and how many "Load more" adds
const KEPT_ROWS = 2_000;    // rows in the page; older ones are dropped
const HIDDEN_MILLIS = 60_000; // a hidden tab gives its connection back after this time

const OWN_ERRANDS = new Set(['title', 'compaction', 'count_tokens', 'classifier']);

const list = {
  rows: [],        // newest first
  byId: new Map(),
  cells: new Map(), // id -> its <tr>
  shown: PAGE_ROWS,
  next: null,
  more: false,
  loaded: false,
  failure: null,
};
let selected = null;
let stream = null;
let lastEventId = '';
let hiddenTimer = 0;
const changed = new Set();
const $ = (id) => document.getElementById(id);

// ---- rows ----

function upsert(row) {
  const known = list.byId.get(row.id);
  if (known && known.outcome !== 'running' && row.outcome === 'running') return; // a page that was read before the end
  if (known) list.rows[list.rows.indexOf(known)] = row;
  else list.rows.splice(place(row), 0, row);
  list.byId.set(row.id, row);
  if (list.rows.length > KEPT_ROWS) {
    for (const old of list.rows.splice(KEPT_ROWS)) list.byId.delete(old.id);
    list.next = null;
    list.more = false;
  }
  changed.add(row.id);
}

function place(row) {
  let at = 0;
  while (at < list.rows.length && newer(list.rows[at], row)) at++;
  return at;
}

const newer = (a, b) => a.at > b.at || (a.at === b.at && a.id > b.id);

let frame = 0;
function draw() {
  if (!frame) frame = requestAnimationFrame(() => { frame = 0; flush(); });
}

function flush() {
  for (const id of changed) {
    const row = list.byId.get(id);
    const old = list.cells.get(id);
    if (!row || !old) continue;
    const cells = tableRow(row);
    old.replaceWith(cells);
    list.cells.set(id, cells);
  }
  changed.clear();
  const wanted = list.rows.slice(0, list.shown);
  const ids = new Set(wanted.map((row) => row.id));
  for (const [id, cells] of list.cells) {
    if (!ids.has(id)) { cells.remove(); list.cells.delete(id); }
  }
  let after = null;
  for (const row of wanted) {
    let cells = list.cells.get(row.id);
    if (!cells) {
      cells = tableRow(row);
      list.cells.set(row.id, cells);
      if (after) after.after(cells); else $('rows').prepend(cells);
    }
    after = cells;
  }
  $('more').hidden = !(list.more || list.rows.length > list.shown) || list.shown >= KEPT_ROWS;
  $('rest').hidden = list.rows.length < KEPT_ROWS || list.shown < KEPT_ROWS;
  notice();
}

function tableRow(row) {
  const tone = outcomeTone(row);
  const cells = element('tr', { 'data-id': row.id, 'aria-selected': row.id === selected });
  const cell = (name, ...content) => cells.append(element('td', { class: name }, ...content));
  const number = (name, value) => cell(name + ' num', value === undefined ? element('span', { class: 'none' }, '–') : value);
  cell('c-state', element('span', { class: 'dot', 'data-tone': tone, title: row.outcome }));
  cell('c-time', element('time', { title: new Date(row.at).toLocaleString() }, clock(row.at)));
  cell('c-agent', row.agent === 'main' && row.kind === 'main' ? 'main'
    : element('span', { class: 'chip' }, row.kind.replaceAll('_', ' ')));
  const model = row.model ?? row.requestedModel;
  cell('c-model', model ? element('span', { class: family(model), title: model }, shortModel(model)) : element('span', { class: 'none' }, '–'));
  cell('c-action', action(row));
  number('c-in', tokens(row.input));
  number('c-read', tokens(row.read));
  number('c-wrote', tokens(totalWritten(row)));
  number('c-out', tokens(row.out));
  number('c-ttft', millis(row.ttft));
  number('c-dur', row.outcome === 'running' ? millis(Math.max(0, Date.now() - row.at)) : millis(row.dur));
  cell('c-status', element('span', { class: 'tone-' + tone },
    row.status ? row.status + ' ' : '', element('span', { class: row.status ? 'word' : '' }, outcomeWord(row))));
  return cells;
}

const outcomeWord = (row) => row.outcome === 'completed' ? (row.stop ?? 'completed').replaceAll('_', ' ') : row.outcome.replaceAll('_', ' ');
const family = (model) => ['opus', 'sonnet', 'haiku'].find((name) => model.includes(name)) ?? '';

function action(row) {
  const link = element('a', { href: '/requests/' + row.id });
  if (row.error) link.append(element('span', { class: outcomeTone(row) === 'bad' ? 'fault' : 'plain' }, row.error));
  else if (row.tool) {
    link.append(element('b', {}, row.tool + (row.toolCount > 1 ? ' +' + (row.toolCount - 1) : '')),
      element('span', { class: 'arg' }, row.preview ?? ''));
  } else if (row.preview) link.append(row.preview);
  else link.append(element('span', { class: 'plain' }, OWN_ERRANDS.has(row.kind) ? row.kind.replaceAll('_', ' ') : row.method + ' ' + row.path));
  return link;
}

// ---- states ----

function notice() {
  const place = $('notice');
  const baseUrl = document.querySelector('meta[name=client-base-url]').content;
  place.replaceChildren();
  place.classList.toggle('thin', list.rows.length > 0);
  $('table').hidden = list.rows.length === 0;
  place.hidden = list.rows.length > 0 && !list.failure;
  if (list.failure) {
    const retry = element('button', { type: 'button' }, 'Try again');
    retry.addEventListener('click', reload);
    place.append(element('p', {}, 'The list cannot be read: ' + list.failure + ' '), retry);
  } else if (!list.loaded) {
    place.append(element('p', {}, 'Loading…'));
  } else {
    place.append(element('h2', {}, 'Waiting for the first request'),
      element('p', {}, 'In the terminal where you start Claude Code:'),
      element('pre', {}, 'export ANTHROPIC_BASE_URL=' + baseUrl + '\nclaude'));
  }
}

function say(state, text) {
  $('live').dataset.state = state;
  $('live').textContent = text;
}

// ---- data ----

async function json(path) {
  const answer = await fetch(path, { headers: { accept: 'application/json' } });
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(body?.detail ?? 'the proxy answered ' + answer.status + '.');
  return body;
}

async function reload() {
  await page('/api/exchanges?limit=' + PAGE_ROWS, true);
}

async function page(path, fromTheTop) {
  try {
    const got = await json(path);
    if (fromTheTop) forgetUnless(got.items);
    got.items.forEach(upsert);
    if (fromTheTop || list.rows.length < KEPT_ROWS) {
      list.next = got.next ?? null;
      list.more = got.more;
    }
    list.failure = null;
  } catch (failure) {
    list.failure = failure instanceof TypeError ? 'the proxy does not answer.' : failure.message;
  }
  list.loaded = true;
  draw();
}

/** After a gap nothing older than the page is certain, and what it does not have is deleted; newer rows came live. */
function forgetUnless(items) {
  const first = items[0];
  const keep = first ? list.rows.filter((row) => newer(row, first)) : list.rows.filter((row) => row.outcome === 'running');
  list.rows = keep;
  list.byId = new Map(keep.map((row) => [row.id, row]));
  for (const item of items) changed.add(item.id);
}

async function loadMore() {
  list.shown = Math.min(list.shown + 2 * PAGE_ROWS, KEPT_ROWS);
  while (list.more && list.rows.length < list.shown && !list.failure) {
    await page('/api/exchanges?limit=200&cursor=' + encodeURIComponent(list.next), false);
  }
  draw();
}

function follow() {
  const after = lastEventId ? '?after=' + encodeURIComponent(lastEventId) : '';
  stream = new EventSource('/api/stream' + after);
  stream.addEventListener('open', () => {
    say('live', 'Live');
    if (lastEventId === '' || list.failure) reload();
  });
  stream.addEventListener('exchange', (event) => {
    lastEventId = event.lastEventId;
    upsert(JSON.parse(event.data));
    draw();
  });
  stream.addEventListener('gap', (event) => {
    lastEventId = event.lastEventId;
    reload();
  });
  stream.addEventListener('error', () => {
    say('down', 'Reconnecting…');
    if (!list.loaded) { list.loaded = true; list.failure = 'the proxy does not answer.'; draw(); }
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, 5000);
  });
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(() => { stream.close(); stream = null; say('connecting', 'Asleep'); }, HIDDEN_MILLIS);
  } else if (!stream) {
    follow();
  }
});

// ---- one exchange ----

function show(id) {
  select(id);
  document.body.classList.toggle('split', id !== null);
  if (id) openDetail($('detail'), id, json, () => go(null));
  else closeDetail($('detail'));
  document.title = (id ? 'Request' : 'Requests') + ' · Claude Code Proxy';
}

function select(id) {
  list.cells.get(selected)?.setAttribute('aria-selected', 'false');
  selected = id;
  const cells = list.cells.get(id);
  cells?.setAttribute('aria-selected', 'true');
  cells?.scrollIntoView({ block: 'nearest' });
}

function go(id) {
  history.pushState(null, '', id ? '/requests/' + id : '/requests');
  show(id);
}

const idInPath = () => location.pathname.match(/^\/requests\/([^/]+)$/)?.[1] ?? null;

function step(by) {
  const at = list.rows.findIndex((row) => row.id === selected);
  const row = list.rows[at < 0 ? 0 : at + by];
  if (row) go(row.id);
}

$('rows').addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(event.target.closest('tr').dataset.id);
});
$('more').addEventListener('click', loadMore);
addEventListener('popstate', () => show(idInPath()));
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j') step(1);
  else if (event.key === 'k') step(-1);
  else if (event.key === 'Escape' && selected) go(null);
});
setInterval(() => {
  for (const [id] of list.cells) if (list.byId.get(id)?.outcome === 'running') changed.add(id);
  if (changed.size) draw();
}, 1000);

$('setup').textContent = 'ANTHROPIC_BASE_URL=' + document.querySelector('meta[name=client-base-url]').content;
notice();
follow();
show(idInPath());
