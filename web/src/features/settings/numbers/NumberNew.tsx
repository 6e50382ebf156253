import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { paths } from '@/paths';
import { Icon } from '@/ui/icons';

/** Leads to the form of a new number. */
export function NumberNew() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Button
      type="primary"
      icon={<Icon name="plus" size={16} />}
      onClick={() => void navigate(paths.settingsNumber('new'))}
      data-testid="number-new"
    >
      {t('numbers.new')}
    </Button>
  );
}
