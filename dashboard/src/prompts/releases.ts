/** A program as its User-Agent names it. */
export interface Release {
  name: string;
  version: string;
}

const FORM = /^([\w.-]+)\/(\d[\w.+-]*)/;

/** Each release once; agents without a version are left out. */
export function releases(clients: readonly { agent: string }[]): Release[] {
  const found = new Map<string, Release>();
  for (const { agent } of clients) {
    const [, name, version] = FORM.exec(agent) ?? [];
    if (name !== undefined && version !== undefined && !found.has(version)) found.set(version, { name, version });
  }
  return [...found.values()];
}

/** By their numbers: 2.1.10 is newer than 2.1.9. */
export function newestFirst(list: readonly Release[]): Release[] {
  return list.toSorted((one, other) => compare(other.version, one.version));
}

export const isOlder = (one: Release, other: Release) => compare(one.version, other.version) < 0;

function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
