import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Blank first title={t('frame.not_found.title')} action={<Link to={paths.desk}>{t('frame.not_found.back')}</Link>}>
      {t('frame.not_found.body')}
    </Blank>
  );
}
