// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** A stream of the browser's that says what the test wants. */
class FakeStream extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeStream[] = [];
  readyState = 1;
  constructor(readonly url: string) {
    super();
    FakeStream.all.push(this);
  }
  close() {
    this.readyState = FakeStream.CLOSED;
  }
  tell(type: string, value: unknown = {}, lastEventId = '') {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(value), lastEventId }));
  }
}

const frames: (() => void)[] = [];
const asked: string[] = [];

const row = (at: number, outcome = 'completed') => ({
  id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
  at,
  outcome,
  kind: 'main',
});

function answer(target: Request | string) {
  asked.push(new URL(typeof target === 'string' ? target : target.url, 'http://localhost').pathname);
  return Promise.resolve(Response.json({ items: [], more: false }));
}

async function started() {
  vi.resetModules();
  const { live } = await import('../src/requests/live.svelte');
  const stop = live.start();
  FakeStream.all[0]!.tell('open');
  await vi.waitFor(() => expect(live.loading).toBe(false));
  return { live, stop, stream: FakeStream.all[0]! };
}

beforeEach(() => {
  vi.stubGlobal('EventSource', FakeStream);
  vi.stubGlobal('fetch', answer);
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => frames.push(work));
});

afterEach(() => {
  vi.unstubAllGlobals();
  FakeStream.all = [];
  frames.length = 0;
  asked.length = 0;
  Object.defineProperty(document, 'hidden', { configurable: true, value: false });
});

const hide = (hidden: boolean) => {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
};

describe('the live list', () => {
  it('changes once a frame, however many events come in between', async () => {
    const { live, stop, stream } = await started();
    const before = live.version;
    for (let at = 1; at <= 1_000; at++) {
      stream.tell('exchange', row(at, 'running'));
      stream.tell('exchange', row(at));
    }
    expect(live.version).toBe(before);
    expect(frames.length).toBe(1);
    frames.shift()!();
    flushSync();
    expect(live.version).toBe(before + 1);
    expect(live.loaded).toBe(1_000);
    expect(live.rows.every(({ outcome }) => outcome === 'completed')).toBe(true);
    stop();
  });

  it('holds news back during a pause, and has all of it afterwards', async () => {
    const { live, stop, stream } = await started();
    live.pause(true);
    stream.tell('exchange', row(1));
    expect(frames.length).toBe(0);
    live.pause(false);
    frames.shift()!();
    expect(live.loaded).toBe(1);
    stop();
  });

  it('is read anew after a gap, and resumes behind the last event otherwise', async () => {
    const { stop, stream } = await started();
    const lists = () => asked.filter((path) => path === '/api/exchanges').length;
    const before = lists();
    stream.tell('gap', {}, 'boot:7');
    await vi.waitFor(() => expect(lists()).toBe(before + 1));
    stream.tell('exchange', row(1), 'boot:8');
    vi.useFakeTimers();
    stream.readyState = FakeStream.CLOSED;
    stream.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    expect(FakeStream.all.map(({ url }) => url)).toEqual(['/api/stream', '/api/stream?after=boot%3A8']);
    FakeStream.all[1]!.tell('open');
    expect(lists()).toBe(before + 1);
    stop();
  });

  it('gives its connection back while nobody looks, and takes none before anybody does', async () => {
    hide(true);
    vi.resetModules();
    const { live } = await import('../src/requests/live.svelte');
    const stop = live.start();
    expect(FakeStream.all).toEqual([]);
    expect(live.state).toBe('asleep');
    hide(false);
    FakeStream.all[0]!.tell('open');
    expect(live.state).toBe('live');
    vi.useFakeTimers();
    hide(true);
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(FakeStream.all[0]!.readyState).toBe(FakeStream.CLOSED);
    stop();
  });
});
