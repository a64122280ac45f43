import type { IconName } from '../ui/icons';

/** The state of a provider's circuit breaker, for people. */
export interface Circuit {
  word: string;
  text: string;
  tone: 'good' | 'bad' | 'waiting';
  icon: IconName;
}

/** The words are those of the API; one that is not known yet is shown as it is. */
export function circuitOf(state: string): Circuit {
  switch (state) {
    case 'closed':
      return { word: 'works', text: 'Nothing is known against it.', tone: 'good', icon: 'checked' };
    case 'open':
      return {
        word: 'not asked',
        text: 'It failed several times in a row: where a rule names another, that one is asked for half a minute.',
        tone: 'bad',
        icon: 'error',
      };
    case 'half_open':
      return { word: 'being tried', text: 'One request tries whether it works again.', tone: 'waiting', icon: 'retry' };
    default:
      return { word: state, text: '', tone: 'waiting', icon: 'warning' };
  }
}
