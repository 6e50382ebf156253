import { useTranslation } from 'react-i18next';
import type { Handling } from '@/api/types';
import { can } from '@/live/can';
import { PopoverControl } from '@/parts/PopoverControl';
import { KEYS } from '@/parts/shortcuts';
import { Icon } from '@/ui/icons';
import { TransferPanel } from './TransferPanel';

/** Hands the customer over without a word to whoever takes them. */
export function TransferControl({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const verdict = can.transfer(handling);
  const may = verdict === 'yes';
  return (
    <PopoverControl
      may={may}
      hint={may ? t('desk.transfer.title') : t(`desk.agent.verdict.${verdict}`)}
      combo={KEYS.transfer}
      narrow="sheet"
      icon={<Icon name="transfer" size={16} />}
      data-testid="call-transfer"
      content={(close) => <TransferPanel handling={handling} onDone={close} />}
    >
      {t('desk.transfer.open')}
    </PopoverControl>
  );
}
