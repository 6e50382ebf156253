import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customers } from '@/api/customers';
import { looksLikeNumber } from '@/lib/phone';
import { useMay } from '@/parts/session';
import { Icon } from '@/ui/icons';
import styles from './Palette.module.css';
import { type Entry, usePaletteEntries } from './usePaletteEntries';

interface PaletteDialogProps {
  readonly open: boolean;
  onClose(): void;
}

/** Finds customers, conversations, pages and actions by typing. */
export function PaletteDialog({ open, onClose }: PaletteDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      title={t('frame.palette.open')}
      width={560}
      destroyOnHidden
      styles={{ container: { padding: 0, overflow: 'hidden' }, header: { display: 'none' } }}
      data-testid="palette"
    >
      <Search onClose={onClose} />
    </Modal>
  );
}

function Search({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const typed = text.trim();
  const may = useMay('customers.read');
  const found = useQuery({
    queryKey: ['customers', 'palette', typed],
    queryFn: () => customers.list(looksLikeNumber(typed) ? { number: typed } : { query: typed }, undefined, 6),
    enabled: may && typed.length > 1,
    placeholderData: (before) => before,
  });
  const entries = usePaletteEntries(typed, typed.length > 1 ? (found.data?.items ?? []) : []);
  const chosen = Math.min(at, entries.length - 1);

  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const onKey = (event: KeyboardEvent): void => {
    // An input method has its own use for Enter and the arrows.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, entries.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter') run(entries[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          // The dialog was opened to type into this.
          autoFocus
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls={entries.length === 0 ? undefined : listId}
          aria-activedescendant={entries.length === 0 ? undefined : `${listId}-${chosen}`}
          aria-label={t('frame.palette.placeholder')}
          placeholder={t('frame.palette.placeholder')}
          value={text}
          data-testid="palette-input"
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      {entries.length === 0 ? (
        <p className={styles.empty}>
          {typed === '' ? t('frame.palette.hint') : t('frame.palette.empty', { text: typed })}
        </p>
      ) : (
        <div className={styles.list} role="listbox" id={listId} aria-label={t('frame.palette.open')}>
          {entries.map((entry, index) => (
            <div
              key={entry.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={styles.entry}
              ref={(node) => {
                if (index === chosen) node?.scrollIntoView({ block: 'nearest' });
              }}
              onMouseMove={() => setAt(index)}
              onClick={() => run(entry)}
            >
              <Icon name={entry.icon} size={16} />
              <span className={styles.label}>{entry.label}</span>
              <span className={styles.group}>{entry.detail ?? t(`frame.palette.groups.${entry.group}`)}</span>
            </div>
          ))}
        </div>
      )}
      <p className={styles.keys}>{t('frame.palette.keys')}</p>
    </>
  );
}
