import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { comboText, isMac } from '@/lib/keys';
import { KEYS } from '@/parts/shortcuts';
import { Icon } from '@/ui/icons';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './Transfer.module.css';
import { canTake, type Target } from './transfer';

const ICONS = { queue: 'queue', flow: 'flow', park: 'park', number: 'phone' } as const;
const KINDS = ['agent', 'queue', 'flow', 'park', 'number'] as const;

interface TransferTargetListProps {
  readonly id: string;
  readonly shown: readonly Target[];
  /** Where the arrow keys are. */
  readonly active: Target | undefined;
  readonly chosen: Target | undefined;
  onChoose(target: Target): void;
}

/** Colleagues, queues and flows, and always in sight the place for whoever is free and the number that was typed; those who cannot be rung say why and cannot be chosen. */
export function TransferTargetList({ id, shown, active, chosen, onChoose }: TransferTargetListProps) {
  const { t } = useTranslation();
  const groups = KINDS.map((kind) => ({ kind, members: shown.filter((one) => one.kind === kind) }));
  return (
    <div className={styles.list} role="listbox" id={id} aria-label={t('desk.transfer.targets')}>
      {groups
        .filter(({ members }) => members.length > 0)
        .map(({ kind, members }) => (
          <div
            key={kind}
            className={kind === 'park' || kind === 'number' ? styles.pinned : undefined}
            role="group"
            aria-label={t(`desk.transfer.kind.${kind}`)}
          >
            <div className={styles.heading} aria-hidden="true">
              {t(`desk.transfer.kind.${kind}`)}
            </div>
            {members.map((target) => (
              <Row
                key={target.id}
                id={`${id}-${target.id}`}
                target={target}
                active={target === active}
                chosen={target === chosen}
                onChoose={() => onChoose(target)}
              />
            ))}
          </div>
        ))}
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly target: Target;
  readonly active: boolean;
  readonly chosen: boolean;
  onChoose(): void;
}

function Row({ id, target, active, chosen, onChoose }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  const may = canTake(target);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={!may}
      className={styles.row}
      data-active={active}
      data-testid="transfer-target"
      data-kind={target.kind}
      data-id={target.id}
      // The search keeps the focus, so that Enter transfers to what was clicked.
      onMouseDown={(event) => event.preventDefault()}
      onClick={may ? onChoose : undefined}
    >
      {target.kind === 'agent' ? <StateGlyph state={target.state} /> : <Icon name={ICONS[target.kind]} size={14} />}
      <span className={styles.name} title={target.name}>
        {target.name}
      </span>
      <Standing target={target} />
      {chosen ? <Icon name="check" size={14} /> : null}
    </div>
  );
}

/** What makes one choose a target or not: the state, or who waits and who is there for them. */
function Standing({ target }: { readonly target: Target }) {
  const { t } = useTranslation();
  if (target.kind === 'flow' || target.kind === 'number') return null;
  if (target.kind === 'park') {
    return (
      <>
        <kbd className={styles.key}>{comboText(KEYS.park, isMac())}</kbd>
        <span className={styles.standing}>{t('desk.park.hint')}</span>
      </>
    );
  }
  if (target.kind === 'queue') {
    return (
      <span className={styles.standing}>
        {t('desk.transfer.queue', { waiting: target.waiting, ready: target.agents_ready })}
      </span>
    );
  }
  const free = target.state === 'ready' || target.state === 'not_ready';
  return (
    <>
      <span className={styles.extension}>{target.extension}</span>
      <span className={styles.standing}>
        {free && !target.available ? t('desk.agent.verdict.no_phone') : t(`common.state.${target.state}`)}
      </span>
    </>
  );
}
