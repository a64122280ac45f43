/**
 * Keys by name: `j`, `Escape`, `ctrl+k`, `g r`. The scope that was opened last gets a key first; nothing fires while
 * somebody types.
 */
export type Keymap = Record<string, (event: KeyboardEvent) => void>;

/** How long a first key such as G waits for the second. */
const SEQUENCE_MILLIS = 1_000;

const scopes: (() => Keymap)[] = [];
let pending = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;

/** Adds a scope for as long as a component lives; returns how to remove it. */
export function keyScope(keymap: () => Keymap): () => void {
  scopes.push(keymap);
  return () => {
    scopes.splice(scopes.indexOf(keymap), 1);
  };
}

export function dispatchKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const command = event.ctrlKey || event.metaKey;
  if (isTyping(event.target) && !command) return;
  if (document.querySelector('dialog[open], :popover-open') && !command) return;
  const name = (command ? 'ctrl+' : '') + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  const sequence = pending ? `${pending} ${name}` : name;
  clearTimeout(pendingTimer);
  pending = '';
  for (const scope of [...scopes].reverse()) {
    const keymap = scope();
    const action = keymap[sequence] ?? (sequence === name ? undefined : keymap[name]);
    if (action) {
      event.preventDefault();
      action(event);
      return;
    }
    if (Object.keys(keymap).some((key) => key.startsWith(name + ' '))) {
      pending = name;
      pendingTimer = setTimeout(() => {
        pending = '';
      }, SEQUENCE_MILLIS);
      return;
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
