import { describe, expect, it } from 'vitest';
import type { Livez } from '../src/api/types';
import { troubleOf } from '../src/app/trouble';

const health = (state: Livez['recording']['state'], dropped = 0, draining = false): Livez => ({
  status: 'ok',
  in_flight: 2,
  draining,
  timestamp: '2026-11-24T10:00:00Z',
  recording: { state, queued_bytes: 0, dropped },
});
const calm = { silentSince: undefined, paused: false, waiting: 0 };

describe('the banner', () => {
  it('is not there when nothing is wrong, or nothing is known yet', () => {
    expect(troubleOf({ ...calm, health: health('recording') })).toBeUndefined();
    expect(troubleOf({ ...calm, health: undefined })).toBeUndefined();
  });

  it('says that recording suffers, and how much was lost', () => {
    expect(troubleOf({ ...calm, health: health('degraded', 3) })?.sentence).toMatch(
      /degraded.*still forwarded.*3 exchanges or bodies could not be kept/,
    );
    expect(troubleOf({ ...calm, health: health('recording', 1) })?.sentence).toMatch(/since the start 1 exchange or/);
    expect(troubleOf({ ...calm, health: health('closed') })?.sentence).toMatch(/none is kept/);
  });

  it('says the worst first: silence, then stopping, then recording, then a pause', () => {
    const all = { health: health('degraded', 3, true), silentSince: 0, paused: true, waiting: 1 };
    expect(troubleOf(all)?.tone).toBe('bad');
    expect(troubleOf({ ...all, silentSince: undefined })?.sentence).toBe(
      'The proxy is stopping; 2 exchanges still run.',
    );
    expect(troubleOf({ ...calm, paused: true, waiting: 1, health: health('recording') })).toEqual({
      sentence: 'Live updates are paused. 1 change waits.',
      tone: 'calm',
      more: false,
      goOn: true,
    });
  });
});
