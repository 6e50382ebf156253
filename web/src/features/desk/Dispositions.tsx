import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '@/lib/keys';
import { useDispositions } from '@/parts/useReasonName';
import { Icon } from '@/ui/icons';
import { Skeleton } from '@/ui/Skeleton';
import styles from './ToolsPane.module.css';

interface DispositionsProps {
  readonly chosen: string | null;
  /** Whether the digits 1–9 choose. */
  readonly keys: boolean;
  onChoose(id: string): void;
}

/** One click or one digit; no list to open. */
export function Dispositions({ chosen, keys, onChoose }: DispositionsProps) {
  const { t, i18n } = useTranslation();
  const { items, loaded } = useDispositions();
  useEffect(() => {
    if (!keys) return;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const item = /^[1-9]$/.test(event.key) ? items[Number(event.key) - 1] : undefined;
      if (item !== undefined) onChoose(item.id);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [items, keys, onChoose]);
  return (
    <div className={styles.group}>
      <span className={styles.label} id="disposition-label">
        {t('desk.wrap_up.disposition')}
        {keys ? <span>{t('desk.wrap_up.disposition_hint')}</span> : null}
      </span>
      {loaded ? null : <Skeleton rows={4} height={36} />}
      {loaded && items.length === 0 ? <p className={styles.hint}>{t('desk.wrap_up.no_dispositions')}</p> : null}
      <div className={styles.choices} role="radiogroup" aria-labelledby="disposition-label">
        {items.map((item, index) => (
          <button
            key={item.id}
            type="button"
            role="radio"
            aria-checked={chosen === item.id}
            className={styles.choice}
            data-testid={`disposition-${item.id}`}
            onClick={() => onChoose(item.id)}
          >
            <kbd aria-hidden="true">
              {chosen === item.id ? <Icon name="check" size={14} /> : index < 9 ? index + 1 : ''}
            </kbd>
            {i18n.language === 'zh' ? item.name_zh : item.name_en}
          </button>
        ))}
      </div>
    </div>
  );
}
