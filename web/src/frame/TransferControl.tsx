import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handling } from '@/api/types';
import { can } from '@/live/can';
import { PopoverControl } from '@/parts/PopoverControl';
import { patiently } from '@/parts/patiently';
import { KEYS } from '@/parts/shortcuts';
import { Icon } from '@/ui/icons';
import type { TransferPanel } from './TransferPanel';

type Panel = typeof TransferPanel | 'coming' | 'gone';

/** Loaded with the first talk, and kept: the panel has its field to type into at once. */
let loaded: Panel = 'coming';

/** Hands the customer over without a word to whoever takes them, asks somebody first, or adds them. */
export function TransferControl({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const [Panel, setPanel] = useState<Panel>(() => loaded);
  useEffect(() => {
    if (loaded !== 'coming') return;
    let left = false;
    const have = (panel: Panel): void => {
      if (!left) setPanel(() => panel);
    };
    patiently(() => import('./TransferPanel')).then(
      (module) => {
        loaded = module.TransferPanel;
        have(loaded);
      },
      () => have('gone'),
    );
    return () => {
      left = true;
    };
  }, []);
  const verdict = can.transfer(handling);
  const may = verdict === 'yes';
  const hint = Panel === 'gone' ? t('frame.crash.body') : t('desk.transfer.title');
  return (
    <PopoverControl
      may={may && Panel !== 'gone'}
      loaded={typeof Panel !== 'string'}
      hint={may ? hint : t(`desk.agent.verdict.${verdict}`)}
      combo={KEYS.transfer}
      narrow="sheet"
      icon={<Icon name="transfer" size={16} />}
      data-testid="call-transfer"
      content={(close) => (typeof Panel === 'string' ? null : <Panel handling={handling} onDone={close} />)}
    >
      {t('desk.transfer.open')}
    </PopoverControl>
  );
}
