import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { WeeklyInterval } from '@/api/types';
import { type Part, WEEKDAYS } from '@/lib/hours';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import styles from './Hours.module.css';
import { Parts } from './Parts';

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6] as const;
const WORKDAYS = [0, 1, 2, 3, 4] as const;

interface WeekEditorProps {
  readonly weekly: readonly WeeklyInterval[];
  readonly readOnly: boolean;
  onChange(weekly: readonly WeeklyInterval[]): void;
}

/** The weekly pattern, a line a day. A day's hours can be put on the others too. */
export function WeekEditor({ weekly, readOnly, onChange }: WeekEditorProps) {
  const { t } = useTranslation();
  const of = (weekday: number): readonly Part[] => weekly.filter((one) => one.weekday === weekday);
  const put = (days: readonly number[], parts: readonly Part[]): void => {
    const kept = weekly.filter((one) => !days.includes(one.weekday));
    const put = days.flatMap((weekday) =>
      parts.map(({ from_minute, to_minute }) => ({ weekday, from_minute, to_minute })),
    );
    onChange([...kept, ...put].sort((a, b) => a.weekday - b.weekday));
  };
  return (
    <div className={styles.week}>
      {WEEKDAYS.map((day, weekday) => (
        <div key={day} className={styles.weekRow} role="group" aria-label={t(`hours.weekday.${day}`)}>
          <span className={styles.weekName} aria-hidden="true">
            <span className={styles.whole}>{t(`hours.weekday.${day}`)}</span>
            <span className={styles.short}>{t(`hours.weekday_short.${day}`)}</span>
          </span>
          <span className={styles.weekParts}>
            {of(weekday).length === 0 ? <span className={styles.quiet}>{t('hours.state.closed')}</span> : null}
            <Parts parts={of(weekday)} disabled={readOnly} onChange={(parts) => put([weekday], parts)} />
          </span>
          {readOnly ? null : (
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  { key: 'workdays', label: t('hours.copy_workdays'), onClick: () => put(WORKDAYS, of(weekday)) },
                  { key: 'all', label: t('hours.copy_all'), onClick: () => put(EVERY_DAY, of(weekday)) },
                ],
              }}
            >
              <IconButton label={t('hours.copy', { day: t(`hours.weekday.${day}`) })}>
                <Icon name="copy" size={16} />
              </IconButton>
            </Dropdown>
          )}
        </div>
      ))}
    </div>
  );
}
