import { live } from '../requests/live.svelte';

const ROUND_MILLIS = 5_000;

/** Counts on every few seconds while somebody looks: who reads `round` is asked anew. For components while they are made. */
export function rounds(): { readonly round: number } {
  let round = $state(0);
  $effect(() => {
    const timer = setInterval(() => {
      if (!document.hidden && !live.paused) round++;
    }, ROUND_MILLIS);
    return () => clearInterval(timer);
  });
  return {
    get round() {
      return round;
    },
  };
}
