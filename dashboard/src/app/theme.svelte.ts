export type ThemeChoice = 'system' | 'dark' | 'light';

const system = matchMedia('(prefers-color-scheme: dark)');

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem('theme');
    return value === 'dark' || value === 'light' ? value : 'system';
  } catch {
    return 'system';
  }
}

let choice = $state<ThemeChoice>(stored());
let systemDark = $state(system.matches);

system.addEventListener('change', () => {
  systemDark = system.matches;
  apply();
});

function apply(): void {
  document.documentElement.dataset.theme = theme.shown;
}

export const theme = {
  get choice() {
    return choice;
  },
  get shown(): 'dark' | 'light' {
    return choice === 'system' ? (systemDark ? 'dark' : 'light') : choice;
  },
  choose(value: ThemeChoice): void {
    choice = value;
    try {
      if (value === 'system') localStorage.removeItem('theme');
      else localStorage.setItem('theme', value);
    } catch {
      // Storage is switched off: the choice holds until the page is left.
    }
    apply();
  },
  /** Takes a choice over that was made elsewhere, unless another was made in this browser. */
  assume(value: ThemeChoice): void {
    if (stored() !== 'system') return;
    choice = value;
    apply();
  },
  toggle(): void {
    theme.choose(theme.shown === 'dark' ? 'light' : 'dark');
  },
};
