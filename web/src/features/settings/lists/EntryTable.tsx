import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lists, type NumberListEntry } from '@/api/lists';
import { useFormat } from '@/parts/format';
import { useTicking } from '@/parts/live';
import { CallCell } from '@/parts/RowCall';
import { Sure } from '@/parts/Sure';
import { Moment } from '@/parts/Times';
import { useAction } from '@/parts/useAction';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import table from '@/ui/table.module.css';
import { EntryForm } from './EntryForm';
import styles from './Lists.module.css';
import { named } from './named';
import { leftOf } from './until';

interface EntryTableProps {
  readonly items: readonly NumberListEntry[];
  readonly readOnly: boolean;
  onRemoved(entry: NumberListEntry): void;
}

/** Entries with why they are there and how long they still count; one is changed where it stands. */
export function EntryTable({ items, readOnly, onRemoved }: EntryTableProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<string | null>(null);
  /** The row whose form was closed has the focus again. */
  const [closed, setClosed] = useState<string | null>(null);
  const close = (id: string): void => {
    setEdited(null);
    setClosed(id);
  };
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th className={styles.value}>{t('lists.columns.value')}</th>
            <th className={styles.note}>{t('lists.columns.note')}</th>
            <th className={styles.left}>{t('lists.columns.left')}</th>
            <th className={styles.added}>{t('lists.columns.added')}</th>
            {readOnly ? null : (
              <th className={styles.act}>
                <span className="unseen">{t('lists.columns.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((entry) =>
            edited === entry.id ? (
              <tr key={entry.id}>
                <td colSpan={readOnly ? 4 : 5} className={styles.editing}>
                  <EntryForm list={entry.list} entry={entry} onDone={() => close(entry.id)} />
                </td>
              </tr>
            ) : (
              <Row
                key={entry.id}
                entry={entry}
                readOnly={readOnly}
                focused={closed === entry.id}
                onFocused={() => setClosed(null)}
                onEdit={() => setEdited(entry.id)}
                onRemoved={() => onRemoved(entry)}
              />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly entry: NumberListEntry;
  readonly readOnly: boolean;
  readonly focused: boolean;
  onFocused(): void;
  onEdit(): void;
  onRemoved(): void;
}

function Row({ entry, readOnly, focused, onFocused, onEdit, onRemoved }: RowProps) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const value = named(entry, i18n.language);
  const remove = (): void =>
    run(async () => {
      await lists.remove(entry.id);
      onRemoved();
      await cache.invalidateQueries({ queryKey: ['number-list'] });
    });
  return (
    <tr data-testid="list-entry">
      <td title={entry.value}>
        <CallCell number={entry.kind === 'number' ? entry.value : null}>
          <strong>{value}</strong>
          {entry.kind === 'number' ? null : <span className={styles.kind}>{t(`lists.kind.${entry.kind}_mark`)}</span>}
        </CallCell>
        {entry.note === null ? null : <span className={styles.under}>{entry.note}</span>}
      </td>
      <td className={styles.note} title={entry.note ?? undefined}>
        {entry.note ?? <span className={table.quiet}>{t('common.na')}</span>}
      </td>
      <td>
        <LeftText expiresAtUs={entry.expires_at_us} />
      </td>
      <td className={styles.added}>
        <Moment atUs={entry.created_at_us} />
        <span className={styles.by} title={entry.created_by?.name}>
          {entry.created_by === null ? t('lists.by_system') : entry.created_by.name}
        </span>
      </td>
      {readOnly ? null : (
        <td className={styles.act}>
          <IconButton
            label={t('lists.edit', { value })}
            autoFocus={focused}
            onFocus={onFocused}
            onClick={onEdit}
            data-testid="entry-edit"
          >
            <Icon name="edit" size={16} />
          </IconButton>
          <Sure title={t('lists.remove_sure', { value })} okText={t('lists.remove')} onConfirm={remove}>
            <IconButton label={t('lists.remove_of', { value })} disabled={busy} data-testid="entry-remove">
              <Icon name="close" size={16} />
            </IconButton>
          </Sure>
        </td>
      )}
    </tr>
  );
}

/** How long an entry still counts; its exact end on hover. */
function LeftText({ expiresAtUs }: { readonly expiresAtUs: number | null }) {
  const { t } = useTranslation();
  const { exact } = useFormat();
  const said = useTicking(
    useCallback(
      (nowUs) => {
        const { unit, count } = leftOf(expiresAtUs, nowUs / 1000);
        return t(`lists.left.${unit}`, { count });
      },
      [expiresAtUs, t],
    ),
  );
  return expiresAtUs === null ? <>{said}</> : <time title={exact(expiresAtUs)}>{said}</time>;
}
