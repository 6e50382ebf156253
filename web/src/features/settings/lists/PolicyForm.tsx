import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { lists, type ScreeningPolicy } from '@/api/lists';
import { Beaten } from '@/parts/Beaten';
import { QueryView } from '@/parts/QueryView';
import { Notice } from '@/ui/Notice';
import { useKept } from '../recording/useKept';
import styles from './Lists.module.css';
import { DeadAir, Nuisance, Way } from './PolicyRules';

const WHERE = { key: 'screening-policy', change: (draft: ScreeningPolicy) => lists.changePolicy(draft) };

/** What is done about blocked, withheld, nuisance and silent calls. */
export function PolicyView({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: [WHERE.key], queryFn: () => lists.policy() });
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
  const { draft: policy, dirty, busy, faults, edited, put, save, discard } = useKept(kept, WHERE);
  const { block, anonymous, nuisance, dead_air: deadAir } = policy;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save();
  };
  return (
    <form className={`${styles.panel} ${styles.form}`} onSubmit={submit} data-testid="policy-form">
      {faults.code === null || faults.code === 'validation' ? null : (
        <Notice tone="alarm" urgent>
          {t(`errors.${faults.code}`)}
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
      <Beaten edited={edited} busy={busy} />
      {readOnly || edited.beaten ? null : (
        <div className={styles.buttons}>
          <Button type="primary" htmlType="submit" disabled={!dirty} loading={busy} data-testid="policy-save">
            {t('common.save')}
          </Button>
          {dirty ? (
            <Button disabled={busy} onClick={discard}>
              {t('lists.policy.discard')}
            </Button>
          ) : null}
        </div>
      )}
    </form>
  );
}
