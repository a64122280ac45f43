import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach } from 'vitest';

const shown: Record<string, unknown>[] = [];

/** Shows a component until the test ends. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function show<Props extends Record<string, any>>(
  component: Component<Props>,
  props: Props,
  context: Map<string, unknown> = new Map(),
): HTMLElement {
  const target = document.createElement('div');
  document.body.append(target);
  shown.push(mount(component, { target, props, context }));
  flushSync();
  return target;
}

export const click = (element: Element | null | undefined) => {
  (element as HTMLElement).click();
  flushSync();
};

afterEach(() => {
  for (const component of shown.splice(0)) void unmount(component);
  document.body.replaceChildren();
});
