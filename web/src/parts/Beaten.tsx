import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/ui/Notice';
import styles from './Beaten.module.css';
import type { Edited } from './useEdited';

interface BeatenProps {
  readonly edited: Pick<Edited<never, never>, 'beaten' | 'takeTheirs' | 'keepMine'>;
  /** What is being saved is not yet beaten. */
  readonly busy: boolean;
}

/** Asks whoever types whose change is to stay, when somebody else saved theirs first. */
export function Beaten({ edited, busy }: BeatenProps) {
  const { t } = useTranslation();
  if (!edited.beaten || busy) return null;
  return (
    <div className={styles.beaten} data-testid="beaten">
      <Notice tone="warn" urgent>
        <p>{t('common.beaten.body')}</p>
        <div className={styles.buttons}>
          <Button size="small" type="primary" onClick={edited.keepMine} data-testid="beaten-keep-mine">
            {t('common.beaten.mine')}
          </Button>
          <Button size="small" onClick={edited.takeTheirs} data-testid="beaten-take-theirs">
            {t('common.beaten.theirs')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
