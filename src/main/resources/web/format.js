// How values look, and how elements are made: without markup, so that recorded content stays text.

const PLAIN = new Intl.NumberFormat('en');

export function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content.filter((part) => part !== undefined && part !== null));
  return made;
}

export const clock = (at) => new Date(at).toLocaleTimeString('en-GB');

export function tokens(count) {
  if (count === undefined) return undefined;
  if (count < 10_000) return PLAIN.format(count);
  if (count < 999_500) return (count / 1000).toPrecision(3) + 'k';
  return (count / 1_000_000).toFixed(2) + 'M';
}

export function millis(span) {
  if (span === undefined) return undefined;
  if (span < 1000) return Math.round(span) + ' ms';
  if (span < 60_000) return (span / 1000).toFixed(span < 10_000 ? 2 : 1) + ' s';
  return Math.floor(span / 60_000) + 'm ' + String(Math.round(span / 1000) % 60).padStart(2, '0') + 's';
}

export function bytes(count) {
  if (count < 1024) return count + ' B';
  if (count < 1024 * 1024) return (count / 1024).toFixed(1) + ' KiB';
  return (count / 1024 / 1024).toFixed(1) + ' MiB';
}

export const totalWritten = (row) => row.write5m === undefined ? undefined : row.write5m + row.write1h;

/** claude-sonnet-4-5-20250929 becomes sonnet 4.5; other names stay. */
export function shortModel(model) {
  const parts = model.match(/^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?(?:-\d{6,})?(?:\[.*\])?$/)
    ?? model.match(/^claude-(\d+)(?:-(\d{1,2}))?-([a-z]+)(?:-\d{6,})?$/);
  if (!parts) return model;
  const [, a, b, c] = parts;
  return /^\d/.test(a) ? c + ' ' + a + (b ? '.' + b : '') : a + ' ' + b + (c ? '.' + c : '');
}

const TONES = {
  running: 'running', completed: 'good', client_left: 'left', cancelled: 'left', drained: 'left', interrupted: 'left',
  upstream_error: 'bad', upstream_broke: 'bad', upstream_timeout: 'bad', refused: 'bad',
};
export const outcomeTone = (row) => TONES[row.outcome] ?? 'left';
