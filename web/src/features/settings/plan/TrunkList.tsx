import { useTranslation } from 'react-i18next';
import type { PlanTrunk } from '@/api/outbound';
import type { Faults } from '@/parts/useFaults';
import { Icon } from '@/ui/icons';
import { useSites } from '@/parts/useSites';
import type { Draft } from './draft';
import styles from './Plan.module.css';
import { TrunkForm } from './TrunkForm';
import { useCapsWords } from './useRuleWords';

interface TrunkListProps {
  readonly plan: Draft;
  readonly open: string | null;
  readonly readOnly: boolean;
  readonly faults: Faults;
  onToggle(id: string): void;
  onChange(id: string, change: Partial<PlanTrunk>): void;
  onMove(from: number, by: number): void;
}

/** The lines to carriers: how much each carries, and how it wants numbers. */
export function TrunkList({ plan, open, readOnly, faults, onToggle, onChange, onMove }: TrunkListProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('plan.trunks')}>
      <header className={styles.heading}>
        <h3>{t('plan.trunks')}</h3>
      </header>
      {plan.trunks.length === 0 ? <p className={styles.quiet}>{t('plan.trunks_empty')}</p> : null}
      {plan.trunks.length > 1 ? <p className={styles.lead}>{t('plan.trunks_order')}</p> : null}
      <ul className={plan.trunks.length === 0 ? '' : styles.list}>
        {plan.trunks.map((trunk, n) => {
          const id = trunk.trunk_id;
          return (
            <li key={id} className={styles.item} data-testid="plan-trunk">
              <TrunkRow
                trunk={trunk}
                open={open === id}
                faulty={faults.field(`trunks.${n}`) !== undefined}
                onToggle={() => onToggle(id)}
              />
              {open === id ? (
                <TrunkForm
                  trunk={trunk}
                  country={plan.country}
                  readOnly={readOnly}
                  fault={(name) => faults.field(`trunks.${n}.${name}`)}
                  onChange={(more) => onChange(id, more)}
                  onMove={(by) => onMove(n, by)}
                  onDone={() => onToggle(id)}
                  first={n === 0}
                  last={n === plan.trunks.length - 1}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface TrunkRowProps {
  readonly trunk: PlanTrunk;
  readonly open: boolean;
  readonly faulty: boolean;
  onToggle(): void;
}

const SIDES = ['total', 'outbound', 'inbound'] as const;

function TrunkRow({ trunk, open, faulty, onToggle }: TrunkRowProps) {
  const { t } = useTranslation();
  const caps = useCapsWords();
  const { channels, site_id, withholds, rewrites } = trunk;
  const site = useSites().data?.items.find(({ id }) => id === site_id)?.name;
  const channelWords = SIDES.flatMap((side) => {
    const count = channels[side];
    return count == null ? [] : [t(`plan.trunk.channels.${side}`, { count })];
  });
  const words = [
    ...(channelWords.length === 0 ? [t('plan.trunk.any_channels')] : channelWords),
    ...caps(trunk.caps),
    ...(site === undefined ? [] : [t('plan.trunk.site', { site })]),
    ...(withholds ? [t('plan.trunk.withholds')] : []),
    ...(rewrites.length === 0 ? [] : [t('plan.trunk.rewrites', { count: rewrites.length })]),
  ];
  return (
    <button type="button" className={styles.row} aria-expanded={open} onClick={onToggle} data-testid="trunk-open">
      <span className={styles.what}>
        <strong title={trunk.name}>{trunk.name === '' ? t('story.some_trunk') : trunk.name}</strong>
        {faulty ? (
          <span className={styles.wrong}>
            <Icon name="alert" size={14} />
            {t('plan.wrong')}
          </span>
        ) : null}
      </span>
      <span className={styles.words}>{words.join(' · ')}</span>
      <span className={styles.chevron} data-open={open}>
        <Icon name="chevron" size={16} />
      </span>
    </button>
  );
}
