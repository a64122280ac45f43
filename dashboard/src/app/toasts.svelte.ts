export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
}

const SHOWN_MILLIS = 4_000;

let list = $state.raw<Toast[]>([]);
let lastId = 0;

export const toasts = {
  get list() {
    return list;
  },
  say(text: string, tone: Toast['tone'] = 'plain'): void {
    const toast = { id: ++lastId, text, tone };
    list = [...list.slice(-3), toast];
    setTimeout(() => toasts.dismiss(toast.id), SHOWN_MILLIS);
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
