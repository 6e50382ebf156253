import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/ui/Blank';

/** A page that threw, or whose file is gone after an update of the server. */
export function PageCrash() {
  const { t } = useTranslation();
  return (
    <Blank
      first
      title={t('frame.crash.title')}
      action={
        <Button type="primary" onClick={() => location.reload()}>
          {t('frame.crash.retry')}
        </Button>
      }
    >
      {t('frame.crash.body')}
    </Blank>
  );
}
