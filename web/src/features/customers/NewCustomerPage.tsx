import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { BackLink } from '@/parts/BackLink';
import { CustomerForm } from '@/parts/customer/CustomerForm';
import { paths } from '@/paths';
import { Page } from '@/ui/Page';
import styles from './Customers.module.css';

export function NewCustomerPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const number = search.get('number');
  return (
    <Page title={t('customers.new')} before={<BackLink to={paths.customers} label={t('customers.title')} />}>
      <div className={styles.panel} style={{ maxWidth: 720 }}>
        <CustomerForm
          {...(number === null ? {} : { number })}
          onDone={(saved) => void navigate(paths.customer(saved.id), { replace: true })}
          onCancel={() => void navigate(paths.customers)}
        />
      </div>
    </Page>
  );
}
