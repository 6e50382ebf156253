import { useTranslation } from 'react-i18next';
import type { NumberLocation } from '@/api/types';
import styles from './Caller.module.css';

/** Where a number is from, quietly beside it. */
export function Whence({ of }: { readonly of: NumberLocation | null | undefined }) {
  const { t, i18n } = useTranslation();
  if (of == null) return null;
  const zh = i18n.language === 'zh';
  // Beside a Chinese place the carrier needs no 中国.
  const carrier = zh ? of.carrier_zh?.replace(/^中国/, '·') : of.carrier_en && ` · ${of.carrier_en}`;
  return (
    <span className={styles.whence} title={t('common.whence', { date: of.dated })} data-testid="number-location">
      <span>
        {zh ? of.zh : of.en}
        {carrier}
      </span>
    </span>
  );
}
