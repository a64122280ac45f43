import type { Livez } from '../api/types';
import { clock, counted } from '../format/format';

/** What somebody who looks has to know before believing what is shown. */
export interface Trouble {
  sentence: string;
  tone: 'bad' | 'warn' | 'calm';
  /** Whether the log says more. */
  more: boolean;
  /** Whether live updates can be let go on. */
  goOn: boolean;
}

interface Known {
  health: Livez | undefined;
  /** Since when the proxy has not answered. */
  silentSince: number | undefined;
  paused: boolean;
  /** Changes that are held back while paused. */
  waiting: number;
}

/** The worst of what is wrong; undefined when nothing is. */
export function troubleOf({ health, silentSince, paused, waiting }: Known): Trouble | undefined {
  if (silentSince !== undefined) {
    const sentence = `The proxy has not answered since ${clock(silentSince)}: what is shown may be old. It is tried again every few seconds.`;
    return { sentence, tone: 'bad', more: false, goOn: false };
  }
  if (health?.draining) {
    const sentence = `The proxy is stopping; ${counted(health.in_flight, 'exchange')} still ${health.in_flight === 1 ? 'runs' : 'run'}.`;
    return { sentence, tone: 'warn', more: true, goOn: false };
  }
  const recording = health && recordingTrouble(health.recording);
  if (recording) return { sentence: recording, tone: 'warn', more: true, goOn: false };
  if (!paused) return undefined;
  const held = waiting > 0 ? ` ${counted(waiting, 'change')} ${waiting === 1 ? 'waits' : 'wait'}.` : '';
  return { sentence: `Live updates are paused.${held}`, tone: 'calm', more: false, goOn: true };
}

function recordingTrouble({ state, dropped }: Livez['recording']): string | undefined {
  const lost = dropped > 0 ? ` ${counted(dropped, 'exchange or body', 'exchanges or bodies')} could not be kept.` : '';
  switch (state) {
    case 'recording':
      return lost ? `Recording works, but since the start${lost}` : undefined;
    case 'degraded':
      return `Recording is degraded: exchanges are still forwarded, but not all of them are kept.${lost}`;
    case 'closed':
      return `Recording is closed: exchanges are forwarded, but none is kept.${lost}`;
  }
}
