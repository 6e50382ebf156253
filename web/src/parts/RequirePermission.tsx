import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '@/api/types';
import { Blank } from '@/ui/Blank';
import { useMay } from './session';

/** Shows a page only to those who may open it; the server decides anyway. */
export function RequirePermission({
  permission,
  children,
}: {
  readonly permission: Permission;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return useMay(permission) ? (
    children
  ) : (
    <Blank first title={t('frame.forbidden.title')}>
      {t('frame.forbidden.body')}
    </Blank>
  );
}
