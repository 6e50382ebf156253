import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settings } from '@/api/settings';
import type { Agent } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { useMay } from '@/parts/session';
import { Sure } from '@/parts/Sure';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { useFaults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Notice } from '@/ui/Notice';
import styles from './Settings.module.css';

/** Numbers outside that an agent may choose instead of the browser or a SIP phone. Each change is kept at once. */
export function AgentMobiles({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const faults = useFaults();
  const action = useAction();
  const mayWrite = useMay('users.write');
  const [number, setNumber] = useState('');
  const [busy, setBusy] = useState(false);
  const key = ['mobiles', agent.id];
  const { data } = useQuery({ queryKey: key, queryFn: () => settings.mobiles(agent.id) });
  const rows = data?.items ?? [];
  const again = (): Promise<void> => cache.invalidateQueries({ queryKey: key });

  const add = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    faults.clear();
    settings
      .addMobile(agent.id, number.trim())
      .then(async () => {
        setNumber('');
        await again();
        toast.good(t('settings.agent.mobile.added'));
      })
      .catch(faults.take)
      .finally(() => setBusy(false));
  };
  const remove = (id: string) => (): void =>
    action.run(async () => {
      await settings.removeMobile(agent.id, id);
      await again();
      toast.good(t('settings.agent.mobile.removed'));
    });

  return (
    <form className={styles.form} onSubmit={add} data-testid="agent-mobiles" autoComplete="off">
      {faults.code === null || faults.field('number') !== undefined ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
        </Notice>
      )}
      <div className={styles.group}>
        <h3>{t('settings.agent.mobile.title')}</h3>
        <p className={styles.wide}>{t('settings.agent.mobile.body')}</p>
        <ul className={styles.numbers}>
          {data !== undefined && rows.length === 0 ? <li>{t('settings.agent.mobile.none')}</li> : null}
          {rows.map((row) => (
            <li key={row.id} data-testid="agent-mobile">
              <span>{readableNumber(row.number)}</span>
              {mayWrite ? (
                <Sure
                  title={t('settings.agent.mobile.remove_ask')}
                  okText={t('settings.agent.mobile.remove', { number: readableNumber(row.number) })}
                  onConfirm={remove(row.id)}
                >
                  <Button
                    size="small"
                    disabled={action.busy}
                    aria-label={t('settings.agent.mobile.remove', { number: readableNumber(row.number) })}
                    data-testid="agent-mobile-remove"
                  >
                    {t('settings.agent.mobile.remove_short')}
                  </Button>
                </Sure>
              ) : null}
            </li>
          ))}
        </ul>
        {mayWrite ? (
          <Field
            label={t('settings.agent.mobile.number')}
            hint={t('settings.agent.mobile.hint')}
            error={faults.field('number')}
          >
            <Input
              value={number}
              required
              inputMode="tel"
              maxLength={40}
              data-testid="agent-mobile-number"
              onChange={(event) => setNumber(event.target.value)}
            />
          </Field>
        ) : null}
      </div>
      {mayWrite ? (
        <div className={styles.buttons}>
          <Button htmlType="submit" loading={busy} data-testid="agent-mobile-add">
            {t('settings.agent.mobile.add')}
          </Button>
        </div>
      ) : null}
    </form>
  );
}
