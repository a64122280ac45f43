import { api, ApiFailure } from '../api/http';
import { LiveStream, type LiveState } from '../api/stream';
import { whenIdle } from '../app/idle';
import { Rows, type Row } from './rows';

const PAGE = 200;

/** How much history is read without anybody asking, for the overview and for filters. */
const UNASKED_ROWS = 2_000;

/** The rate in the header looks back this far. */
const RATE_MILLIS = 5_000;

const rows = new Rows();
const waiting = new Map<string, Row>();
const arrivals: number[] = [];

let version = $state(0);
let state = $state<LiveState>('connecting');
let paused = $state(false);
let loading = $state(true);
let failure = $state<ApiFailure | undefined>();
let more = $state(false);
let perSecond = $state(0);
let now = $state(Date.now());
let held = $state(0);
let next: string | undefined;
let reading: Promise<void> | undefined;
let frame = 0;

/** The exchanges in the page, as they come and go. `version` changes once a frame at most. */
export const live = {
  get version() {
    return version;
  },
  /** Oldest first. Reads with `version`. */
  get rows(): readonly Row[] {
    void version;
    return rows.all;
  },
  get loaded() {
    void version;
    return rows.all.length;
  },
  /** Whether there are older ones than those in the page. */
  get more() {
    return more;
  },
  /** Where the list goes on behind the oldest row of the page. */
  get next() {
    return next;
  },
  get state() {
    return state;
  },
  get paused() {
    return paused;
  },
  /** Before the first answer. */
  get loading() {
    return loading;
  },
  /** Changes that are held back while paused. */
  get waiting() {
    return held;
  },
  get failure() {
    return failure;
  },
  get perSecond() {
    return perSecond;
  },
  /** Ticks once a second, for what runs. */
  get now() {
    return now;
  },
  row: (id: string) => rows.get(id),
  pause(value: boolean): void {
    paused = value;
    if (!value) flushSoon();
  },
  start,
  reload,
  loadOlder,
};

function start(): () => void {
  const stop = new LiveStream({
    exchange(row) {
      if (!rows.get(row.id) && !waiting.has(row.id)) arrivals.push(Date.now());
      waiting.set(row.id, row);
      if (paused) held = waiting.size;
      else flushSoon();
    },
    gap: () => void reload(),
    state(value) {
      state = value;
      if (value === 'reconnecting' && loading) void reload();
    },
  }).start();
  const timer = setInterval(tick, 1_000);
  return () => {
    stop();
    clearInterval(timer);
  };
}

function tick(): void {
  now = Date.now();
  while (arrivals.length && arrivals[0]! < now - RATE_MILLIS) arrivals.shift();
  perSecond = Math.round(arrivals.length / (RATE_MILLIS / 1_000));
}

function flushSoon(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    for (const row of waiting.values()) rows.put(row);
    waiting.clear();
    held = 0;
    version++;
  });
}

/** Reads the list from its newest end. */
async function reload(): Promise<void> {
  try {
    const page = await api.exchanges({ limit: PAGE });
    rows.restart(page.items);
    next = page.next;
    more = page.more;
    failure = undefined;
  } catch (problem) {
    failure = problem instanceof ApiFailure ? problem : new ApiFailure(String(problem), 0);
  }
  loading = false;
  version++;
  whenIdle(readUnasked);
}

/** Reads the next older page; calls in between join it. */
function loadOlder(): Promise<void> {
  if (!more || rows.isFull()) return Promise.resolve();
  reading ??= readOlder().finally(() => {
    reading = undefined;
  });
  return reading;
}

async function readOlder(): Promise<void> {
  try {
    const page = await api.exchanges({ limit: PAGE, cursor: next });
    rows.putOlder(page.items);
    next = page.next;
    more = page.more;
  } catch (problem) {
    failure = problem instanceof ApiFailure ? problem : new ApiFailure(String(problem), 0);
  }
  version++;
}

async function readUnasked(): Promise<void> {
  if (!more || failure || rows.all.length >= UNASKED_ROWS) return;
  await loadOlder();
  whenIdle(readUnasked);
}
