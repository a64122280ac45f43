import type { Moment } from './condition';

const AGO = /^([0-9]{1,6})([smhdw])$/;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const TIME = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?$/;
const BOTH =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.([0-9]{1,3}))?(Z|[+-][0-9]{2}:[0-9]{2})?$/;

const UNIT_MILLIS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A point in time as people write it; nothing where the text is none. */
export function instant(written: string, moment: Moment): number | undefined {
  const text = written.toUpperCase();
  const ago = AGO.exec(text.toLowerCase());
  if (ago) return moment.now - Number(ago[1]) * UNIT_MILLIS[ago[2] as keyof typeof UNIT_MILLIS];
  const [year, month, day] = moment.date(moment.now);
  if (text === 'TODAY') return moment.local(year, month, day, 0, 0, 0, 0);
  if (text === 'YESTERDAY') return moment.local(year, month, day - 1, 0, 0, 0, 0);
  const date = dateOf(text);
  if (date) return moment.local(...date, 0, 0, 0, 0);
  const time = timeOf(text);
  if (time) return moment.local(year, month, day, ...time, 0);
  return both(text, moment);
}

function both(text: string, moment: Moment): number | undefined {
  const match = BOTH.exec(text);
  const date = match && dateOf(match[1]!);
  const time = match && timeOf(match[2]!);
  if (!match || !date || !time || (match[3] && match[2]!.length < 8)) return undefined;
  const millis = Number((match[3] ?? '').padEnd(3, '0'));
  if (!match[4]) return moment.local(...date, ...time, millis);
  return Date.UTC(date[0], date[1] - 1, date[2], ...time, millis) - offsetMillis(match[4]);
}

function dateOf(text: string): [number, number, number] | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? [year, month, day] : undefined;
}

function timeOf(text: string): [number, number, number] | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return hour < 24 && minute < 60 && second < 60 ? [hour, minute, second] : undefined;
}

function offsetMillis(zone: string): number {
  if (zone === 'Z') return 0;
  const millis = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;
  return zone.startsWith('-') ? -millis : millis;
}

/** The viewer's own clock and zone. */
export function localMoment(now = Date.now()): Moment {
  return {
    now,
    local: (year, month, ...rest) => new Date(year, month - 1, ...rest).getTime(),
    date: (at) => {
      const date = new Date(at);
      return [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    },
  };
}
