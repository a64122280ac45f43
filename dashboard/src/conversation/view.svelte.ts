import { getContext, setContext } from 'svelte';
import { api } from '../api/http';
import type { Session } from '../api/types';

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
    /** The session that the conversation belongs to. */
    private readonly sessionId?: string,
  ) {}

  private asked: Promise<Session> | undefined;

  /** The session with its agents, read once for all blocks that want to know; undefined where there is none. */
  session(): Promise<Session> | undefined {
    if (this.sessionId !== undefined) this.asked ??= api.session(this.sessionId);
    return this.asked;
  }
}

export const provideView = (view: ConversationView) => setContext(KEY, view);
export const useView = () => getContext<ConversationView>(KEY);
