import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { canHaveMicrophone } from '@/live/microphone';
import { useSession } from '@/parts/session';
import { Notice } from '@/ui/Notice';
import styles from './Banners.module.css';

/** Says before the first call what would fail in it: plain HTTP has no microphone. */
export function InsecureBanner() {
  const { t } = useTranslation();
  const { https_url: url } = useSession().me;
  if (canHaveMicrophone()) return null;
  return (
    <div className={styles.banner} data-testid="insecure-page">
      <Notice
        tone="alarm"
        icon="mic_off"
        urgent
        action={
          url == null ? undefined : (
            <Button size="small" type="primary" href={url + location.pathname} data-testid="open-https">
              {t('frame.insecure.open')}
            </Button>
          )
        }
      >
        <strong className={styles.title}>{t('frame.insecure.title')}</strong>
        <span>{t('frame.insecure.body')}</span>
        {url == null ? <span> {t('frame.insecure.ask')}</span> : null}
      </Notice>
    </div>
  );
}
