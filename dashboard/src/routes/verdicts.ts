import type { Verdict } from '../api/types';
import type { IconName } from '../ui/icons';

export const verdictWords: Record<Verdict, string> = {
  yes: 'fits',
  no: 'does not fit',
  unknown: 'cannot be told',
};

export const verdictIcons: Record<Verdict, IconName> = { yes: 'checked', no: 'ban', unknown: 'warning' };
