import { Button, Popover } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handling } from '@/api/types';
import { can } from '@/live/can';
import { Hint } from '@/parts/Hint';
import { KEYS } from '@/parts/shortcuts';
import { useShortcut } from '@/parts/useShortcut';
import { Icon } from '@/ui/icons';
import styles from './Transfer.module.css';
import { TransferPanel } from './TransferPanel';

/** Hands the customer over without a word to whoever takes them. */
export function TransferControl({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const verdict = can.transfer(handling);
  const may = verdict === 'yes';
  useShortcut(KEYS.transfer, may ? () => setOpen(true) : null);
  const change = (wanted: boolean): void => {
    setOpen(wanted);
    if (!wanted) button.current?.focus();
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      classNames={{ root: styles.popover ?? '' }}
      open={open && may}
      onOpenChange={change}
      content={<TransferPanel handling={handling} onDone={() => change(false)} />}
    >
      <span className={styles.control}>
        <Hint text={may ? t('desk.transfer.title') : t(`desk.agent.verdict.${verdict}`)} combo={KEYS.transfer}>
          <Button
            ref={button}
            icon={<Icon name="transfer" size={16} />}
            disabled={!may}
            aria-haspopup="dialog"
            aria-expanded={open && may}
            data-testid="call-transfer"
          >
            {t('desk.transfer.open')}
          </Button>
        </Hint>
      </span>
    </Popover>
  );
}
