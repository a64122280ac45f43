/** Every number that people read is written here, each with its unit. */

const NONE = '–';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const pad = (value: number, length = 2) => String(value).padStart(length, '0');

/** `12:43:37`, in the viewer's time zone. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** `24 Nov 2026, 12:43:37.045`. */
export function moment(at: number): string {
  const date = new Date(at);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
  return `${day}, ${clock(at)}.${pad(date.getMilliseconds(), 3)}`;
}

/** `24 Nov 2026, 12:43`. */
export function minute(at: number): string {
  return moment(at).slice(0, -7);
}

/** `yesterday`, `Mon 23 Nov`: what a clock time needs beside it when it is not of today. */
export function day(at: number, now = Date.now()): string {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  if (at >= midnight.getTime()) return '';
  if (at >= midnight.getTime() - 86_400_000) return 'yesterday';
  const date = new Date(at);
  return `${DAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`;
}

/** `289 ms`, `3.59 s`, `33.9 s`, `1m 14s`, `2h 05m`. */
export function duration(millis: number | undefined): string {
  if (millis === undefined) return NONE;
  if (millis < 9.995) return `${trimmed(millis, millis < 1 ? 2 : 1)} ms`;
  if (millis < 999.5) return `${Math.round(millis)} ms`;
  if (millis < 9_995) return `${(millis / 1000).toFixed(2)} s`;
  if (millis < 59_950) return `${(millis / 1000).toFixed(1)} s`;
  const seconds = Math.round(millis / 1000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${pad(seconds % 60)}s`;
  const minutes = Math.round(millis / 60_000);
  return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
}

/** `3s`, `1m 05s`: a span that is still growing. */
export function elapsed(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  return seconds < 60 ? `${seconds}s` : duration(seconds * 1000);
}

/** `512`, `1.7k`, `31k`, `1.00M`: short enough for a column. */
export function tokens(count: number | undefined): string {
  if (count === undefined) return NONE;
  if (count < 1_000) return String(count);
  if (count < 9_950) return `${(count / 1_000).toFixed(1)}k`;
  if (count < 999_500) return `${Math.round(count / 1_000)}k`;
  return `${(count / 1_000_000).toFixed(2)}M`;
}

/** `728,973`: every digit. */
export function exact(count: number | undefined): string {
  return count === undefined ? NONE : count.toLocaleString('en-US');
}

/** `812 bytes`, `64.2 KB`, `5.00 MB`; decimal, as networks count. */
export function bytes(count: number | undefined): string {
  if (count === undefined) return NONE;
  if (count < 1_000) return `${count} ${count === 1 ? 'byte' : 'bytes'}`;
  if (count < 999_950) return `${trimmed(count / 1_000, 1)} KB`;
  if (count < 999_950_000) return `${trimmed(count / 1_000_000, 2)} MB`;
  return `${trimmed(count / 1_000_000_000, 2)} GB`;
}

/** `72.9%`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share >= 0.9995 ? 0 : 1)}%`;
}

/** `$0.091`, `$3.82`, `$1,314`; what is less than a tenth of a cent says so. */
export function money(usd: number | undefined): string {
  if (usd === undefined) return NONE;
  if (usd === 0) return '$0';
  if (usd < 0.001) return '<$0.001';
  if (usd < 0.9995) return `$${usd.toFixed(3)}`;
  if (usd < 99.995) return `$${usd.toFixed(2)}`;
  return `$${Math.round(usd).toLocaleString('en-US')}`;
}

/** `$0.000012`: every digit that an amount has, without noise of the arithmetic. */
export function exactMoney(usd: number): string {
  return `$${trimmed(usd, 10)}`;
}

/** `1 message`, `6 messages`. */
export function counted(count: number, noun: string, plural = noun + 's'): string {
  return `${exact(count)} ${count === 1 ? noun : plural}`;
}

function trimmed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, '') || '0';
}
