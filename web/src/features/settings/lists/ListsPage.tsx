import { useTranslation } from 'react-i18next';
import { useMay } from '@/parts/session';
import { Section } from '../Section';
import { CheckNumber } from './CheckNumber';
import styles from './Lists.module.css';
import { NumberLists } from './NumberLists';
import { PolicyView } from './PolicyForm';

/** Who is kept out, who is let in, who goes first, and what is done about callers nobody wants. */
export function ListsPage() {
  const { t } = useTranslation();
  const mayWrite = useMay('settings.write');
  return (
    <Section title={t('settings.sections.lists')} readOnly={!mayWrite}>
      <div className={styles.columns}>
        <div className={styles.main}>
          <NumberLists readOnly={!mayWrite} />
        </div>
        <aside className={styles.side}>
          <CheckNumber />
        </aside>
        <div className={styles.main}>
          <PolicyView readOnly={!mayWrite} />
        </div>
      </div>
    </Section>
  );
}
