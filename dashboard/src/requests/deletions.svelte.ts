import { toasts } from '../app/toasts.svelte';
import { api, ApiFailure } from '../api/http';
import { SvelteSet } from 'svelte/reactivity';

/** How long a deletion can be taken back. The proxy deletes for good, so it is not asked before. */
export const UNDO_MILLIS = 8_000;

const hidden = new SvelteSet<string>();

/** Exchanges that are out of sight: about to be deleted, or deleted. Who closes the page in between keeps them. */
export const deletions = {
  hides: (id: string) => hidden.has(id),
  get any() {
    return hidden.size > 0;
  },
  plan(id: string): void {
    if (hidden.has(id)) return;
    hidden.add(id);
    const timer = setTimeout(() => void carryOut(id), UNDO_MILLIS);
    const dismiss = toasts.say('The request is being deleted', 'plain', { text: 'Undo', run: undo }, UNDO_MILLIS);
    function undo() {
      clearTimeout(timer);
      hidden.delete(id);
      dismiss();
    }
  },
};

async function carryOut(id: string): Promise<void> {
  try {
    await api.remove(id);
  } catch (problem) {
    hidden.delete(id);
    toasts.say(problem instanceof ApiFailure ? problem.message : String(problem), 'bad');
  }
}
