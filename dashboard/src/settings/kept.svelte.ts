import { api, ApiFailure } from '../api/http';
import type { Setting } from '../api/types';
import { theme, type ThemeChoice } from '../app/theme.svelte';
import { toasts } from '../app/toasts.svelte';

/** A filter under a name. */
export interface SavedView {
  name: string;
  q: string;
}

const THEME = 'dashboard.theme';
const VIEWS = 'dashboard.saved_views';

let all = $state.raw<Setting[]>([]);
let failure = $state('');

const value = (name: string): unknown => all.find((setting) => setting.name === name)?.value;

/** The settings that the proxy keeps, and those of its configuration, which are only shown. */
export const kept = {
  get all() {
    return all;
  },
  get failure() {
    return failure;
  },
  get views(): SavedView[] {
    const views = value(VIEWS);
    return Array.isArray(views) ? (views as SavedView[]) : [];
  },
  /** Reads them; a theme that was chosen holds for browsers that have chosen none. */
  async load(): Promise<void> {
    try {
      take(await api.settings());
      const chosen = all.find((setting) => setting.name === THEME);
      if (chosen?.origin === 'dashboard' && isTheme(chosen.value)) theme.assume(chosen.value);
    } catch (problem) {
      failure = problem instanceof ApiFailure ? `${problem.message} ${problem.fix}` : String(problem);
    }
  },
  async chooseTheme(choice: ThemeChoice): Promise<void> {
    theme.choose(choice);
    await change({ [THEME]: choice });
  },
  saveView: (view: SavedView) => change({ [VIEWS]: [...kept.views.filter((other) => other.name !== view.name), view] }),
  removeView: (name: string) => change({ [VIEWS]: kept.views.filter((view) => view.name !== name) }),
};

const isTheme = (choice: unknown): choice is ThemeChoice =>
  choice === 'system' || choice === 'dark' || choice === 'light';

async function change(values: Record<string, unknown>): Promise<void> {
  try {
    take(await api.changeSettings(values));
  } catch (problem) {
    toasts.say(problem instanceof ApiFailure ? problem.message : String(problem), 'bad');
  }
}

function take(answer: { settings: Setting[] }): void {
  all = answer.settings;
  failure = '';
}
