import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { outbound } from '@/api/outbound';
import { paths } from '@/paths';
import { Notice } from '@/ui/Notice';
import styles from './Banners.module.css';

const ASKED_EVERY_MS = 10_000;

/** Calls outside that were stopped wait for a person; the floor says which, and lets them go on. */
export function StopsBanner() {
  const { t } = useTranslation();
  const isThere = useLocation().pathname === paths.floor;
  const query = useQuery({
    queryKey: ['outbound-stops'],
    queryFn: () => outbound.stops(),
    refetchInterval: ASKED_EVERY_MS,
    enabled: !isThere,
  });
  const count = query.data?.items.length ?? 0;
  if (count === 0 || isThere) return null;
  return (
    <div className={styles.banner} data-testid="stops-banner">
      <Notice tone="alarm" action={<Link to={paths.floor}>{t('frame.stops_look')}</Link>}>
        {t('frame.stops', { count })}
      </Notice>
    </div>
  );
}
