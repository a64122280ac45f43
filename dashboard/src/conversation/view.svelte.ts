import { getContext, setContext } from 'svelte';

const KEY = 'conversation-view';

/** What holds for all blocks of one conversation. */
export class ConversationView {
  /** Texts as Markdown, or exactly as they were written. */
  plain = $state(false);
  /** Opens or closes everything; undefined leaves each block as it is by itself. */
  expanded = $state<boolean | undefined>();

  constructor(
    /** Reads the bodies whole, for texts that the detail leaves out. */
    readonly loadWhole: () => Promise<void>,
  ) {}
}

export const provideView = (view: ConversationView) => setContext(KEY, view);
export const useView = () => getContext<ConversationView>(KEY);
