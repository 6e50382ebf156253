import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { audit, type AuditFilter } from '@/api/audit';
import type { AuditRow } from '@/api/types';
import { QueryView } from '@/parts/QueryView';
import { useAgents } from '@/parts/settings';
import { Moment } from '@/parts/Times';
import { Blank } from '@/ui/Blank';
import table from '@/ui/table.module.css';
import { Section } from '../Section';
import styles from './Audit.module.css';
import { AuditFilters } from './AuditFilters';
import { differences } from './diff';

const us = (text: string | null): number | undefined => {
  const ms = text === null ? NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms * 1000;
};

/** Who changed what, from what to what, and who was refused. The filter stands in the address. */
export function AuditPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const filter: AuditFilter = {
    actor_id: params.get('actor') ?? undefined,
    object_id: params.get('object') ?? undefined,
    action: params.get('action') ?? undefined,
    from_at_us: us(params.get('from')),
    until_at_us: us(params.get('until')),
  };
  const query = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => audit.page(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
  return (
    <Section title={t('settings.sections.audit')} readOnly>
      <AuditFilters />
      <QueryView query={query} rows={10}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <Blank title={t('audit.empty')} />;
          return (
            <div className={table.scroll} tabIndex={0} role="region" aria-label={t('settings.sections.audit')}>
              <table className={`${table.table} ${styles.table}`}>
                <thead>
                  <tr>
                    <th style={{ width: 116 }}>{t('audit.columns.at')}</th>
                    <th style={{ width: '16%' }}>{t('audit.columns.actor')}</th>
                    <th style={{ width: '20%' }}>{t('audit.columns.action')}</th>
                    <th>{t('audit.columns.change')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row key={row.seq} row={row} />
                  ))}
                </tbody>
              </table>
              {query.hasNextPage ? (
                <div className={table.more}>
                  <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {t('common.more')}
                  </Button>
                </div>
              ) : null}
            </div>
          );
        }}
      </QueryView>
    </Section>
  );
}

function Row({ row }: { readonly row: AuditRow }) {
  const { t } = useTranslation();
  const action = useActionName();
  const agents = useAgents().data?.items ?? [];
  // A person and the agent they are have the same number under two names.
  const person = agents.find((one) => one.id.slice(4) === row.object_id.slice(4) && /^(usr|agt)_/.test(row.object_id));
  return (
    <tr data-testid="audit-row" data-action={row.action}>
      <td>
        <Moment atUs={row.at_us} />
      </td>
      <td>{row.actor === null ? t('audit.system') : row.actor.name === '' ? row.actor.id : row.actor.name}</td>
      <td title={row.action}>
        {action(row.action)}
        <span className={styles.object}>{person?.name ?? row.object_id}</span>
      </td>
      <td className={styles.change}>
        {row.withheld ? <span className={styles.none}>{t('audit.withheld')}</span> : <Change row={row} />}
      </td>
    </tr>
  );
}

function Change({ row }: { readonly row: AuditRow }) {
  const { t } = useTranslation();
  const changed = differences(row.before, row.after);
  if (changed.length === 0) return <span className={styles.none}>{t('common.na')}</span>;
  return (
    <dl className={styles.diff}>
      {changed.map((one) => (
        <div key={one.field}>
          <dt>{one.field}</dt>
          <dd>
            {one.before === '' ? null : <del>{one.before}</del>}
            {one.before === '' || one.after === '' ? null : <span aria-hidden="true"> → </span>}
            {one.after === '' ? null : <ins>{one.after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** An action in words; a subject or verb this client does not know stays as it is. */
function useActionName(): (action: string) => string {
  const { t, i18n } = useTranslation();
  const word = (key: string, code: string): string =>
    i18n.exists(`${key}.${code}`) ? t(`${key}.${code}` as 'common.na') : code;
  return (action) => {
    // Some verbs mean another thing of another subject.
    const whole = action.replace('.', '_');
    if (i18n.exists(`audit.whole.${whole}`)) return word('audit.whole', whole);
    const [subject = '', verb = ''] = action.split('.');
    return t('audit.action', { subject: word('audit.subject', subject), verb: word('audit.verb', verb) });
  };
}
