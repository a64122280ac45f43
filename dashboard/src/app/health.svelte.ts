import { api } from '../api/http';
import type { Livez } from '../api/types';

const CHECK_MILLIS = 15_000;

/** Once it was silent it is asked more often: people wait for it. */
const CHECK_SILENT_MILLIS = 3_000;

let health = $state.raw<Livez | undefined>();
let silentSince = $state<number | undefined>();

/** How the proxy says it fares, asked from time to time while somebody looks. */
export const proxy = {
  get health() {
    return health;
  },
  /** Since when it has not answered; undefined while it does. */
  get silentSince() {
    return silentSince;
  },
  watch,
};

function watch(): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let stopped = false;
  const check = async () => {
    if (!document.hidden) {
      try {
        health = await api.livez();
        silentSince = undefined;
      } catch {
        silentSince ??= Date.now();
      }
    }
    if (!stopped) timer = setTimeout(check, silentSince === undefined ? CHECK_MILLIS : CHECK_SILENT_MILLIS);
  };
  void check();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
