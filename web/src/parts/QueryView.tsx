import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { failureCode } from '@/api/problem';
import { Blank } from '@/ui/Blank';
import { Skeleton } from '@/ui/Skeleton';

interface QueryLike<T> {
  readonly data: T | undefined;
  readonly isPending: boolean;
  readonly error: unknown;
  refetch(): unknown;
}

interface QueryViewProps<T> {
  readonly query: QueryLike<T>;
  readonly rows?: number;
  readonly rowHeight?: number;
  children(data: T): ReactNode;
}

/** Skeleton, then the data, or what went wrong and the way to try again. Data that was there stays there. */
export function QueryView<T>({ query, rows = 8, rowHeight = 36, children }: QueryViewProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Skeleton rows={rows} height={rowHeight} />;
  const code = failureCode(query.error);
  return (
    <Blank
      title={code === 'not_found' ? t('errors.not_found') : t('errors.page')}
      action={
        code === 'not_found' ? undefined : (
          <Button type="primary" onClick={() => void query.refetch()}>
            {t('common.retry')}
          </Button>
        )
      }
    >
      {code === 'not_found' ? undefined : t(`errors.${code}`)}
    </Blank>
  );
}
