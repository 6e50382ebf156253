import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lists, type ScreeningPolicy } from '@/api/lists';
import { QueryView } from '@/parts/QueryView';
import { toast } from '@/parts/toast';
import { useFaults } from '@/parts/useFaults';
import { Notice } from '@/ui/Notice';
import styles from './Lists.module.css';
import { DeadAir, Nuisance, Way } from './PolicyRules';

const POLICY = ['screening-policy'];

/** What is done about blocked, withheld, nuisance and silent calls. */
export function PolicyView({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: POLICY, queryFn: () => lists.policy() });
  return (
    <section aria-label={t('lists.policy.title')}>
      <h3 className={styles.heading}>{t('lists.policy.title')}</h3>
      <QueryView query={query} rows={3} rowHeight={48}>
        {(policy) => <PolicyForm kept={policy} readOnly={readOnly} />}
      </QueryView>
    </section>
  );
}

function PolicyForm({ kept, readOnly }: { readonly kept: ScreeningPolicy; readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const faults = useFaults();
  const [policy, setPolicy] = useState(kept);
  const [busy, setBusy] = useState(false);
  const { block, anonymous, nuisance, dead_air: deadAir } = policy;
  const dirty = JSON.stringify({ ...policy, version: 0 }) !== JSON.stringify({ ...kept, version: 0 });
  const put = (more: Partial<ScreeningPolicy>): void => setPolicy((now) => ({ ...now, ...more }));
  const save = async (): Promise<void> => {
    const after = await lists.changePolicy(policy);
    cache.setQueryData(POLICY, after);
    setPolicy(after);
    toast.good(t('settings.saved'));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    faults.clear();
    save()
      .catch(faults.take)
      .finally(() => setBusy(false));
  };
  /** What is newer is read, and what was typed goes over it with the next save. */
  const again = (): void => {
    void cache.fetchQuery({ queryKey: POLICY, queryFn: () => lists.policy(), staleTime: 0 }).then((newest) => {
      faults.clear();
      put({ version: newest.version });
    }, faults.take);
  };
  return (
    <form className={`${styles.panel} ${styles.form}`} onSubmit={submit} data-testid="policy-form">
      {faults.code === null || faults.code === 'validation' ? null : (
        <Notice
          tone="alarm"
          urgent
          action={
            faults.code === 'conflict' ? (
              <Button size="small" onClick={again}>
                {t('lists.policy.again')}
              </Button>
            ) : undefined
          }
        >
          {faults.code === 'conflict' ? t('lists.policy.conflict') : t(`errors.${faults.code}`)}
        </Notice>
      )}
      <Way
        text={t('lists.policy.block')}
        name="block"
        choices={['refuse', 'flow']}
        way={block}
        readOnly={readOnly}
        faults={faults}
        onChange={(way) => put({ block: way })}
      />
      <Way
        text={t('lists.policy.anonymous')}
        name="anonymous"
        choices={['accept', 'refuse', 'flow']}
        way={anonymous}
        readOnly={readOnly}
        faults={faults}
        onChange={(way) => put({ anonymous: way })}
      />
      <div className={styles.nuisance}>
        <Checkbox
          checked={nuisance.on}
          disabled={readOnly}
          onChange={(event) => put({ nuisance: { ...nuisance, on: event.target.checked } })}
          data-testid="nuisance-on"
        >
          {t('lists.policy.nuisance')}
        </Checkbox>
        {nuisance.on ? (
          <Nuisance
            nuisance={nuisance}
            readOnly={readOnly}
            faults={faults}
            onChange={(more) => put({ nuisance: { ...nuisance, ...more } })}
          />
        ) : (
          <p className={styles.quiet}>{t('lists.policy.nuisance_off')}</p>
        )}
      </div>
      <div className={styles.nuisance}>
        <Checkbox
          checked={deadAir.on}
          disabled={readOnly}
          onChange={(event) => put({ dead_air: { ...deadAir, on: event.target.checked } })}
          data-testid="dead-air-on"
        >
          {t('lists.policy.dead_air')}
        </Checkbox>
        {deadAir.on ? (
          <DeadAir
            rule={deadAir}
            readOnly={readOnly}
            faults={faults}
            onChange={(more) => put({ dead_air: { ...deadAir, ...more } })}
          />
        ) : (
          <p className={styles.quiet}>{t('lists.policy.dead_air_off')}</p>
        )}
      </div>
      <p className={styles.quiet}>{t('lists.policy.order')}</p>
      {readOnly ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" disabled={!dirty} loading={busy} data-testid="policy-save">
            {t('common.save')}
          </Button>
          {dirty ? (
            <Button
              disabled={busy}
              onClick={() => {
                faults.clear();
                setPolicy(kept);
              }}
            >
              {t('lists.policy.discard')}
            </Button>
          ) : null}
        </div>
      )}
    </form>
  );
}
