/** Where the page is: a path and the query behind it. Own code, because twenty lines are all that is needed. */
interface Location {
  path: string;
  query: URLSearchParams;
}

function current(): Location {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

let here = $state.raw(current());

addEventListener('popstate', () => {
  here = current();
});

export const route = {
  get path() {
    return here.path;
  },
  get query() {
    return here.query;
  },
};

/** Goes to a path of this page; `replace` leaves no step to go back to. */
export function navigate(target: string, replace = false): void {
  if (target === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', target);
  here = current();
}

/** The path of here with other query values; undefined removes one. */
export function withQuery(values: Record<string, string | undefined>, path = here.path): string {
  const query = new URLSearchParams(here.query);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Lets plain links to this page's own paths change the view instead of loading the page anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = (event.target as Element).closest('a');
  if (!link || link.target || link.origin !== location.origin || link.hasAttribute('download')) return;
  if (link.pathname.startsWith('/api/') || link.hash) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}
