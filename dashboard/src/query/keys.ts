import { agents, ids, numbers, tags, texts, times, words, type Values } from './values';

export interface Key extends Values {
  word: string;
  meaning: string;
}

const key = (word: string, values: Values, meaning: string): Key => ({ word, meaning, ...values });

/** Everything that can be asked for by name, in the order in which people see it; the server's list is the same. */
export const keys: Key[] = [
  key('model', texts('model'), 'The model that was asked for, or the one that answered.'),
  key('tool', texts('tool'), 'The first tool that the answer calls.'),
  key('agent', agents(), 'What kind of agent asked, or what the subagent is.'),
  key('session', texts('session'), 'Id of the session.'),
  key('project', texts('project'), 'Working directory of the session.'),
  key('status', numbers('status', 'whole'), 'HTTP status that the client got.'),
  key('stop', texts('stop'), 'Stop reason of the message.'),
  key(
    'kind',
    words('kind', ['main', 'subagent', 'title', 'compaction', 'count_tokens', 'classifier', 'other']),
    'What it was for.',
  ),
  key(
    'outcome',
    words('outcome', [
      'running',
      'completed',
      'upstream_error',
      'upstream_broke',
      'upstream_timeout',
      'client_left',
      'refused',
      'cancelled',
      'drained',
      'interrupted',
    ]),
    'How it ended, or running.',
  ),
  key('provider', texts('provider'), 'The provider that a rule sent it to.'),
  key('rule', texts('rule'), 'The rule that sent it to another provider or model.'),
  key('path', texts('path'), 'Path of the request, without query.'),
  key('cost', numbers('cost', 'dollars'), 'What it cost, as far as a price is known.'),
  key('ctx', numbers('ctx', 'count'), 'All input tokens.'),
  key('input', numbers('input', 'count'), 'Input tokens neither read from nor written to the cache.'),
  key('read', numbers('read', 'count'), 'Input tokens read from the cache.'),
  key('write', numbers('write', 'count'), 'Input tokens written to the cache.'),
  key('out', numbers('out', 'count'), 'Output tokens.'),
  key('ttfb', numbers('ttfb', 'duration'), 'Time to the head of the answer.'),
  key('ttft', numbers('ttft', 'duration'), 'Time to the first content of the message.'),
  key('dur', numbers('dur', 'duration'), 'Time to the end.'),
  key(
    'cache',
    words('cache', ['hit', 'miss', 'break']),
    'hit: input was read from the cache. miss: none was. break: less than an earlier request left there.',
  ),
  key(
    'is',
    words('is', ['live', 'error', 'slow', 'expensive', 'starred']),
    'live: still running. error: failed. slow: 10 s or more to the first content, or 2 minutes or more in all. expensive: 50 cents or more. starred: marked by somebody.',
  ),
  key('id', ids(), 'Id of the exchange.'),
  key('tag', tags(), 'A tag that somebody gave it.'),
  key('after', times('after'), 'Began then or later.'),
  key('before', times('before'), 'Began earlier.'),
];
