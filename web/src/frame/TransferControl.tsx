import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handling } from '@/api/types';
import { can } from '@/live/can';
import { PopoverControl } from '@/parts/PopoverControl';
import { KEYS } from '@/parts/shortcuts';
import { Icon } from '@/ui/icons';
import type { TransferPanel } from './TransferPanel';

type Panel = typeof TransferPanel;

/** Loaded with the first talk, and kept: the panel has its field to type into at once. */
let loaded: Panel | null = null;

/** Hands the customer over without a word to whoever takes them, asks somebody first, or adds them. */
export function TransferControl({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const [Panel, setPanel] = useState<Panel | null>(() => loaded);
  useEffect(() => {
    if (loaded !== null) return;
    void import('./TransferPanel').then((module) => {
      loaded = module.TransferPanel;
      setPanel(() => module.TransferPanel);
    });
  }, []);
  const verdict = can.transfer(handling);
  const may = verdict === 'yes';
  return (
    <PopoverControl
      may={may && Panel !== null}
      hint={may ? t('desk.transfer.title') : t(`desk.agent.verdict.${verdict}`)}
      combo={KEYS.transfer}
      narrow="sheet"
      icon={<Icon name="transfer" size={16} />}
      data-testid="call-transfer"
      content={(close) => (Panel === null ? null : <Panel handling={handling} onDone={close} />)}
    >
      {t('desk.transfer.open')}
    </PopoverControl>
  );
}
