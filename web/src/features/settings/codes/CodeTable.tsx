import { type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BilingualName, BilingualNameChange, NewBilingualName } from '@/api/types';
import { PopoverControl } from '@/parts/PopoverControl';
import { QueryView } from '@/parts/QueryView';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import table from '@/ui/table.module.css';
import shared from '../Settings.module.css';
import { CodeForm } from './CodeForm';
import styles from './Codes.module.css';

export interface CodeTableProps {
  readonly kind: 'dispositions' | 'reasons';
  readonly queryKey: readonly string[];
  readonly query: UseQueryResult<{ items: BilingualName[] }>;
  readonly readOnly: boolean;
  create(names: NewBilingualName): Promise<unknown>;
  change(id: string, change: BilingualNameChange): Promise<unknown>;
}

/** One list people choose from, in its order. What is in use by earlier calls is put out of use, never taken away. */
export function CodeTable({ kind, queryKey, query, readOnly, create, change }: CodeTableProps) {
  const { t, i18n } = useTranslation();
  const isZh = i18n.language === 'zh';
  // The name people do not read goes where there is no room for both.
  const other = { zh: isZh ? '' : styles.other, en: isZh ? styles.other : '' };
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const read = (): Promise<void> => cache.invalidateQueries({ queryKey });
  const save = async (work: Promise<unknown>): Promise<void> => {
    await work;
    toast.good(t('settings.saved'));
    await read();
  };
  /** The list is read again after a refusal too: after a conflict it shows what somebody else did. */
  const act = (item: BilingualName, more: Omit<BilingualNameChange, 'version'>): void =>
    run(() =>
      save(change(item.id, { version: item.version, ...more })).catch(async (error: unknown) => {
        await read();
        throw error;
      }),
    );
  const add = readOnly ? null : (
    <PopoverControl
      icon={<Icon name="plus" size={14} />}
      content={(close) => <CodeForm item={null} save={(names) => save(create(names))} read={read} onDone={close} />}
      data-testid={`${kind}-new`}
    >
      {t('codes.add')}
    </PopoverControl>
  );
  return (
    <section className={styles.list} aria-label={t(`codes.${kind}`)} data-testid={kind}>
      <header className={styles.head}>
        <h3>{t(`codes.${kind}`)}</h3>
        {add}
      </header>
      <p className={styles.lead}>{t(`codes.${kind}_lead`)}</p>
      <QueryView query={query} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={shared.empty}>{t(`codes.${kind}_empty`)}</p>
          ) : (
            <div className={table.scroll}>
              <table className={`${table.table} ${styles.table}`}>
                <thead>
                  <tr>
                    <th className={other.zh}>{t('codes.name_zh')}</th>
                    <th className={other.en}>{t('codes.name_en')}</th>
                    <th className={styles.state}>{t('codes.state')}</th>
                    {readOnly ? null : <th className={styles.acts}>{t('codes.acts')}</th>}
                  </tr>
                </thead>
                <tbody>
                  {items.map((item, place) => (
                    <tr key={item.id} className={item.active ? '' : styles.off} data-testid="code-row">
                      <td className={other.zh} title={item.name_zh}>
                        {item.name_zh}
                      </td>
                      <td className={other.en} title={item.name_en}>
                        {item.name_en}
                      </td>
                      <td className={styles.state}>{item.active ? t('codes.active') : t('codes.inactive')}</td>
                      {readOnly ? null : (
                        <td className={styles.acts}>
                          <span className={styles.row}>
                            {place === 0 ? null : (
                              <IconButton
                                label={t('codes.up', { name: isZh ? item.name_zh : item.name_en })}
                                disabled={busy}
                                onClick={() => act(item, { place: place - 1 })}
                              >
                                <span className={styles.up}>
                                  <Icon name="chevron" size={14} />
                                </span>
                              </IconButton>
                            )}
                            <PopoverControl
                              size="small"
                              content={(close) => (
                                <CodeForm
                                  item={item}
                                  save={(names, version) => save(change(item.id, { version, ...names }))}
                                  read={read}
                                  onDone={close}
                                />
                              )}
                              data-testid="code-edit"
                            >
                              {t('common.edit')}
                            </PopoverControl>
                            <Button
                              size="small"
                              disabled={busy}
                              onClick={() => act(item, { active: !item.active })}
                              data-testid="code-active"
                            >
                              {item.active ? t('codes.put_out') : t('codes.put_in')}
                            </Button>
                          </span>
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryView>
    </section>
  );
}
