import { useTranslation } from 'react-i18next';
import type { MeState } from '@/api/types';
import { can } from '@/live/can';
import { PopoverControl } from '@/parts/PopoverControl';
import { KEYS } from '@/parts/shortcuts';
import { Icon } from '@/ui/icons';
import { DialPad } from './DialPad';

/** Calls a number or a colleague: a field for those who type, keys for those who point. */
export function DialControl({ me }: { readonly me: MeState | null }) {
  const { t } = useTranslation();
  const verdict = can.dial(me);
  const may = verdict === 'yes';
  return (
    <PopoverControl
      may={may}
      hint={may ? t('dial.open') : t(`desk.agent.verdict.${verdict}`)}
      combo={KEYS.dial}
      type="text"
      aria-label={t('dial.open')}
      icon={<Icon name="dial" size={16} />}
      data-testid="dial-open"
      content={(close) => <DialPad onDone={close} />}
    />
  );
}
