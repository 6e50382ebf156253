import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureCode } from '@/api/problem';
import { type Site, sites } from '@/api/sites';
import { Sure } from '@/parts/Sure';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Notice } from '@/ui/Notice';
import devices from '../Devices.module.css';
import styles from './Sites.module.css';

interface SiteRemoveProps {
  readonly site: Site;
  onRemoved(): void;
}

const COUNTED = ['devices', 'users', 'numbers'] as const;

/** Deletes a site nothing belongs to; else says what has to move first. */
export function SiteRemove({ site, onRemoved }: SiteRemoveProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const [inUse, setInUse] = useState(false);
  const remove = (): void =>
    run(async () => {
      setInUse(false);
      try {
        await sites.remove(site.id);
      } catch (error) {
        if (failureCode(error) !== 'in_use') throw error;
        setInUse(true);
        return;
      }
      await cache.invalidateQueries({ queryKey: ['sites'] });
      toast.good(t('sites.removed'));
      onRemoved();
    });
  const held = COUNTED.filter((one) => site[one] > 0).map((one) => t(`sites.held.${one}`, { count: site[one] }));
  return (
    <div className={devices.danger}>
      {inUse ? (
        <div className={styles.inUse} data-testid="site-in-use">
          <Notice tone="alarm" urgent>
            {held.length === 0
              ? t('sites.in_use_other')
              : t('sites.in_use', { what: held.join(t('common.list.separator')) })}
          </Notice>
        </div>
      ) : null}
      <Sure
        title={t('sites.remove')}
        description={t('sites.remove_body')}
        okText={t('sites.remove')}
        okButtonProps={{ danger: true }}
        onConfirm={remove}
      >
        <Button danger disabled={busy} data-testid="site-remove">
          {t('sites.remove')}
        </Button>
      </Sure>
    </div>
  );
}
