export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  /** What can still be done about it. */
  action?: { text: string; run: () => void };
}

const SHOWN_MILLIS = 4_000;

let list = $state.raw<Toast[]>([]);
let lastId = 0;

export const toasts = {
  get list() {
    return list;
  },
  /** Returns how to take it away before its time. */
  say(text: string, tone: Toast['tone'] = 'plain', action?: Toast['action'], shownMillis = SHOWN_MILLIS): () => void {
    const toast = { id: ++lastId, text, tone, action };
    list = [...list.slice(-3), toast];
    setTimeout(() => toasts.dismiss(toast.id), shownMillis);
    return () => toasts.dismiss(toast.id);
  },
  dismiss(id: number): void {
    list = list.filter((toast) => toast.id !== id);
  },
};

/** Puts text on the clipboard and says so. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.say(`${what} copied`);
  } catch {
    toasts.say(`The browser did not let ${what.toLowerCase()} be copied`, 'bad');
  }
}
