import type {
  CacheVerdict,
  Changes,
  ClientChanges,
  Clients,
  Context,
  ConversationJoin,
  ConversationList,
  ConversationRecords,
  ConversationSummary,
  Cost,
  EventPage,
  ExchangeDetail,
  ExchangePage,
  Limits,
  Livez,
  Marks,
  Now,
  Problem,
  Prompt,
  PromptVersions,
  Routes,
  SearchPage,
  Session,
  SessionPage,
  SettingsAnswer,
  Simulation,
  SimulationRequest,
  TurnPage,
  Usage,
} from './types';

/** Why an answer could not be had, in words for people. */
export class ApiFailure extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 when nothing answered. */
    readonly status: number,
    readonly fix: string = '',
  ) {
    super(message);
  }
}

/** The only place that asks the proxy anything, but for the live stream. */
export const api = {
  exchanges: (options: { limit: number; cursor?: string; q?: string; signal?: AbortSignal }) =>
    json<ExchangePage>(
      withQuery('/api/exchanges', { limit: String(options.limit), cursor: options.cursor, q: options.q }),
      { signal: options.signal },
    ),

  /** Finds text in requests and answers. */
  search: (q: string, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    json<SearchPage>(withQuery('/api/search', { q, cursor, limit: String(limit) }), { signal }),

  exchange: (id: string, signal?: AbortSignal) => json<ExchangeDetail>(exchangePath(id), { signal }),

  events: (id: string, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    json<EventPage>(withQuery(`${exchangePath(id)}/events`, { limit: String(limit), cursor }), { signal }),

  context: (id: string, signal?: AbortSignal) => json<Context>(`${exchangePath(id)}/context`, { signal }),

  /** Against the request before it in its thread, or against another. */
  changes: (id: string, base: string | undefined, signal?: AbortSignal) =>
    json<Changes>(withQuery(`${exchangePath(id)}/changes`, { base }), { signal }),

  cache: (id: string, signal?: AbortSignal) => json<CacheVerdict>(`${exchangePath(id)}/cache`, { signal }),

  cost: (id: string, signal?: AbortSignal) => json<Cost>(`${exchangePath(id)}/cost`, { signal }),

  /** A recorded body as text; `href` comes from an answer of the proxy. */
  text: async (href: string, signal?: AbortSignal) => (await answer(href, { signal })).text(),

  /** The text of a streamed answer while it is being written, piece by piece; ends with it. */
  async *answer(id: string, signal: AbortSignal): AsyncGenerator<string> {
    const response = await answer(`${exchangePath(id)}/response/live`, { signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) yield piece.value;
  },

  cancel: (id: string) => json<unknown>(`${exchangePath(id)}/cancel`, { method: 'POST' }),

  star: (id: string, starred: boolean) =>
    json<Marks>(withQuery(`${exchangePath(id)}/star`, { starred: String(starred) }), { method: 'POST' }),

  tag: (id: string, tags: readonly string[]) =>
    json<Marks>(withQuery(`${exchangePath(id)}/tags`, { tags: tags.join(',') }), { method: 'POST' }),

  remove: (id: string) => json<unknown>(exchangePath(id), { method: 'DELETE' }),

  limits: (hours: number, signal?: AbortSignal) =>
    json<Limits>(withQuery('/api/limits', { hours: String(hours) }), { signal }),

  /** Sessions that Claude Code itself keeps. */
  conversations: (page: number, limit: number, signal?: AbortSignal) =>
    json<ConversationList>(withQuery('/api/conversations', { page: String(page), limit: String(limit) }), { signal }),

  conversation: (id: string, project: string | undefined, signal?: AbortSignal) =>
    json<ConversationSummary>(withQuery(`${conversationPath(id)}/summary`, { project }), { signal }),

  records: (id: string, project: string | undefined, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    json<ConversationRecords>(withQuery(`${conversationPath(id)}/records`, { project, cursor, limit: String(limit) }), {
      signal,
    }),

  /** What of a conversation was recorded on the wire; the first 500. */
  joined: (id: string, project: string | undefined, signal?: AbortSignal) =>
    json<ConversationJoin>(withQuery(`${conversationPath(id)}/exchanges`, { project, limit: '500' }), { signal }),

  sessions: (q: string, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    json<SessionPage>(withQuery('/api/sessions', { q, cursor, limit: String(limit) }), { signal }),

  session: (id: string, signal?: AbortSignal) => json<Session>(sessionPath(id), { signal }),

  /** The user's prompts with the exchanges that they caused. */
  turns: (id: string, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    json<TurnPage>(withQuery(`${sessionPath(id)}/turns`, { cursor, limit: String(limit) }), { signal }),

  now: (signal?: AbortSignal) => json<Now>('/api/now', { signal }),

  /** What was used over a range of time; `bucket` in hours. */
  usage: (asked: { from: number; to: number; bucket: number; group: string }, signal?: AbortSignal) =>
    json<Usage>(
      withQuery('/api/stats', {
        from: String(asked.from),
        to: String(asked.to),
        bucket: String(asked.bucket),
        group: asked.group,
      }),
      { signal },
    ),

  /** Versions of system prompts and tools, those sent last first. */
  prompts: (limit: number, signal?: AbortSignal) =>
    json<PromptVersions>(withQuery('/api/prompts', { limit: String(limit) }), { signal }),

  /** Several agents may send the same one; `agent` says whose is meant. */
  prompt: (hash: string, agent: string | undefined, signal?: AbortSignal) =>
    json<Prompt>(withQuery('/api/prompts/' + encodeURIComponent(hash), { agent }), { signal }),

  /** Programs that sent requests. */
  clients: (signal?: AbortSignal) => json<Clients>('/api/clients', { signal }),

  /** What one version of a client sends that another did not. */
  clientChanges: (from: string | undefined, to: string | undefined, signal?: AbortSignal) =>
    json<ClientChanges>(withQuery('/api/clients/changes', { from, to }), { signal }),

  /** The rules by which requests are routed, and who answers. */
  routes: (signal?: AbortSignal) => json<Routes>('/api/routes', { signal }),

  /** What rules make of recorded exchanges; nothing is sent anywhere. */
  simulateRoutes: (asked: SimulationRequest) =>
    json<Simulation>('/api/routes/simulate', { method: 'POST', body: JSON.stringify(asked) }),

  settings: (signal?: AbortSignal) => json<SettingsAnswer>('/api/settings', { signal }),

  /** Takes values by name, null to take one back; all of them or none. */
  changeSettings: (values: Record<string, unknown>) =>
    json<SettingsAnswer>('/api/settings', { method: 'PUT', body: JSON.stringify(values) }),

  livez: (signal?: AbortSignal) => json<Livez>('/livez', { signal }),
};

export const requestBodyPath = (id: string) => `${exchangePath(id)}/request/body`;
export const responseBodyPath = (id: string) => `${exchangePath(id)}/response/body`;

function exchangePath(id: string): string {
  return '/api/exchanges/' + encodeURIComponent(id);
}

function conversationPath(id: string): string {
  return '/api/conversations/' + encodeURIComponent(id);
}

function sessionPath(id: string): string {
  return '/api/sessions/' + encodeURIComponent(id);
}

function withQuery(path: string, values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== '') query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

interface Asked {
  method?: string;
  /** JSON. */
  body?: string;
  signal?: AbortSignal;
}

async function json<T>(path: string, options: Asked): Promise<T> {
  return (await (await answer(path, options)).json()) as T;
}

async function answer(path: string, options: Asked): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      body: options.body ?? null,
      headers: options.body === undefined ? {} : { 'content-type': 'application/json' },
      signal: options.signal ?? null,
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiFailure('Nothing answers at this address.', 0, 'Is the proxy still running?');
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  throw new ApiFailure(problem?.detail ?? `The proxy answered ${response.status}.`, response.status, problem?.fix);
}

/** Whether a request was only given up, which is no failure. */
export function isAborted(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError';
}
