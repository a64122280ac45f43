import type { ExchangeSummary } from './types';

/** How the live stream fares. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'asleep';

export interface LiveListener {
  exchange(summary: ExchangeSummary): void;
  /** What happened in between is lost: load the list anew. Also called when the stream opens for the first time. */
  gap(): void;
  state(state: LiveState): void;
}

/** A hidden tab gives its connection back after this time: browsers have six for a host, and resuming costs little. */
const HIDDEN_MILLIS = 5_000;

/** How long to wait where the browser does not connect again by itself. */
const RETRY_MILLIS = 3_000;

/**
 * The live stream of exchanges. Resumes behind the last event that was seen, in a new connection of the browser's as in
 * one of ours.
 */
export class LiveStream {
  private source: EventSource | undefined;
  private lastEventId = '';
  private hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly listener: LiveListener) {}

  start(): () => void {
    document.addEventListener('visibilitychange', this.visibilityChanged);
    // Opened in the background, as links are with the middle button: nobody looks yet.
    if (document.hidden) this.listener.state('asleep');
    else this.connect();
    return () => this.stop();
  }

  private stop(): void {
    document.removeEventListener('visibilitychange', this.visibilityChanged);
    clearTimeout(this.hiddenTimer);
    this.disconnect();
  }

  private connect(): void {
    const after = this.lastEventId ? '?after=' + encodeURIComponent(this.lastEventId) : '';
    const first = this.lastEventId === '';
    this.listener.state(first ? 'connecting' : 'reconnecting');
    const source = new EventSource('/api/stream' + after);
    this.source = source;
    source.addEventListener('open', () => {
      this.listener.state('live');
      // Only now: what begins before the list was read and after the stream opened comes twice rather than never.
      if (this.lastEventId === '') this.listener.gap();
    });
    source.addEventListener('exchange', (event) => {
      this.lastEventId = event.lastEventId;
      this.listener.exchange(JSON.parse(event.data) as ExchangeSummary);
    });
    source.addEventListener('gap', (event) => {
      this.lastEventId = event.lastEventId;
      this.listener.gap();
    });
    source.addEventListener('error', () => {
      this.listener.state('reconnecting');
      if (source.readyState !== EventSource.CLOSED) return;
      this.disconnect();
      this.retryTimer = setTimeout(() => this.connect(), RETRY_MILLIS);
    });
  }

  private disconnect(): void {
    clearTimeout(this.retryTimer);
    this.source?.close();
    this.source = undefined;
  }

  private readonly visibilityChanged = () => {
    clearTimeout(this.hiddenTimer);
    if (document.hidden) {
      this.hiddenTimer = setTimeout(() => {
        this.disconnect();
        this.listener.state('asleep');
      }, HIDDEN_MILLIS);
    } else if (this.source === undefined) {
      clearTimeout(this.retryTimer);
      this.connect();
    }
  };
}
