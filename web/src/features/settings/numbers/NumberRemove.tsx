import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { numbers } from '@/api/numbers';
import type { PhoneNumber } from '@/api/types';
import { Sure } from '@/parts/Sure';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import devices from '../Devices.module.css';

interface NumberRemoveProps {
  readonly number: PhoneNumber;
  onRemoved(): void;
}

/** Takes a number away, unless a call of it is not over. */
export function NumberRemove({ number, onRemoved }: NumberRemoveProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const remove = async (): Promise<void> => {
    await numbers.remove(number.id);
    await cache.invalidateQueries({ queryKey: ['numbers'] });
    await cache.invalidateQueries({ queryKey: ['sites'] });
    toast.good(t('numbers.removed'));
    onRemoved();
  };
  return (
    <div className={devices.danger}>
      <Sure
        title={t('numbers.remove')}
        description={t('numbers.remove_body')}
        okText={t('numbers.remove')}
        okButtonProps={{ danger: true }}
        onConfirm={() => run(remove, { in_use: t('numbers.in_use') })}
      >
        <Button danger disabled={busy} data-testid="number-remove">
          {t('numbers.remove')}
        </Button>
      </Sure>
    </div>
  );
}
