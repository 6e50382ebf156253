import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '@/api/types';
import { Figure } from '@/parts/Figure';
import { useFormat } from '@/parts/format';
import { useTicking } from '@/parts/live';
import { Elapsed } from '@/parts/Times';
import { paths } from '@/paths';
import { Icon } from '@/ui/icons';
import table from '@/ui/table.module.css';
import styles from './Floor.module.css';
import { waitTone } from './sort';

const COLUMNS = ['waiting', 'longest', 'service_level', 'offered', 'answered', 'abandoned', 'ready', 'busy'] as const;
type Column = (typeof COLUMNS)[number];

export function QueueTable({ queues }: { readonly queues: readonly QueueRow[] }) {
  const { t } = useTranslation();
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th className={styles.name}>{t('floor.columns.queue')}</th>
            {COLUMNS.map((column) => (
              <th key={column} className={table.number} data-column={column}>
                {t(`floor.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <Row key={queue.id} queue={queue} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ queue }: { readonly queue: QueueRow }) {
  return (
    <tr data-testid="floor-queue-row" data-queue={queue.id} data-waiting={queue.waiting}>
      <td className={styles.name} title={queue.name}>
        {queue.name}
      </td>
      {COLUMNS.map((column) => (
        <td key={column} className={table.number} data-column={column}>
          <Cell queue={queue} column={column} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ queue, column }: { readonly queue: QueueRow; readonly column: Column }) {
  const { t } = useTranslation();
  const format = useFormat();
  const target = format.duration(queue.service_level_target_ms);
  const live = column === 'waiting' || column === 'longest';
  const search = new URLSearchParams({ queue: queue.id, ...(live ? { state: 'live' } : {}) });
  return (
    <Figure
      name={t(`floor.figure.${column}.name`)}
      how={t(`floor.figure.${column}.how`, { target })}
      period={t(`floor.figure.${column}.period`)}
      {...(column === 'ready' || column === 'busy' ? {} : { to: `${paths.conversations}?${search.toString()}` })}
    >
      <Value queue={queue} column={column} />
    </Figure>
  );
}

function Value({ queue, column }: { readonly queue: QueueRow; readonly column: Column }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (column) {
    case 'waiting':
      return <strong className={queue.waiting > 0 ? styles.some : styles.zero}>{queue.waiting}</strong>;
    case 'longest':
      return queue.longest_wait_since_us == null ? (
        <span className={styles.zero}>{t('common.na')}</span>
      ) : (
        <Longest sinceUs={queue.longest_wait_since_us} targetMs={queue.service_level_target_ms} />
      );
    case 'service_level':
      return queue.service_level == null ? (
        <span className={styles.zero}>{t('common.na')}</span>
      ) : (
        <>{format.percent(queue.service_level)}</>
      );
    case 'offered':
      return <>{queue.offered}</>;
    case 'answered':
      return <>{queue.answered}</>;
    case 'abandoned':
      return <>{queue.abandoned}</>;
    case 'ready':
      return <>{queue.agents_ready}</>;
    case 'busy':
      return <>{queue.agents_busy}</>;
  }
}

function Longest({ sinceUs, targetMs }: { readonly sinceUs: number; readonly targetMs: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tone = useTicking(useCallback((nowUs) => waitTone((nowUs - sinceUs) / 1000, targetMs), [sinceUs, targetMs]));
  return (
    <span className={styles.longest} data-tone={tone}>
      {tone === 'calm' ? null : (
        <span role="img" aria-label={t('floor.over_target', { target: format.duration(targetMs) })}>
          <Icon name="alert" size={14} />
        </span>
      )}
      <Elapsed sinceUs={sinceUs} />
    </span>
  );
}
