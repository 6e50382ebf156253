import { Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeState } from '@/api/types';
import { Hint } from '@/parts/Hint';
import { ParkedList } from '@/parts/parked/ParkedList';
import { Icon } from '@/ui/icons';
import styles from './ParkedControl.module.css';

/** Who is parked, on every page. It has its place when nobody is, so that nothing moves when somebody comes. */
export function ParkedControl({ me }: { readonly me: MeState | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const count = me?.parked.length ?? 0;
  // Whoever is parked next must not open it.
  if (open && count === 0) setOpen(false);
  const name = count === 0 ? t('desk.parked.none') : t('desk.parked.open', { count });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      classNames={{ root: styles.popover ?? '' }}
      open={open && count > 0}
      onOpenChange={setOpen}
      content={
        me === null ? null : (
          <div className={styles.panel} role="dialog" aria-label={t('desk.parked.title')} data-testid="parked-panel">
            <h2 className={styles.title}>{t('desk.parked.title')}</h2>
            <ParkedList me={me} />
          </div>
        )
      }
    >
      <span>
        <Hint text={name}>
          <Button
            type="text"
            className={styles.button}
            aria-label={name}
            aria-haspopup="dialog"
            aria-expanded={open && count > 0}
            disabled={count === 0}
            icon={
              <>
                <Icon name="park" size={16} />
                {count === 0 ? null : <span className={styles.count}>{count}</span>}
              </>
            }
            data-testid="parked-open"
            data-count={count}
          />
        </Hint>
      </span>
    </Popover>
  );
}
