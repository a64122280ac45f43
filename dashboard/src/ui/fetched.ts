/**
 * A part of the page that is fetched when it is needed; undefined where it could not be had. `main.ts` hears of that first:
 * it loads the page anew when the proxy has other files now, and leaves it be when the proxy is away.
 */
export function fetched<T>(load: () => Promise<T>): Promise<T | undefined> {
  return load();
}
