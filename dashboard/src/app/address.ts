/** What Claude Code is to be pointed at, such as `http://localhost:3001`; the proxy writes it into the page. */
export function clientBaseUrl(): string {
  const written = document.querySelector<HTMLMetaElement>('meta[name=client-base-url]')?.content ?? '';
  return written.includes('{{') ? location.origin : written;
}
