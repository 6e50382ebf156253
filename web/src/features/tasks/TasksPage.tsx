import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { TaskFilter } from '@/api/tasks';
import type { Task } from '@/api/types';
import { QueryView } from '@/parts/QueryView';
import { useTasks } from '@/parts/task/queries';
import { TaskCard } from '@/parts/task/TaskCard';
import { TaskRow } from '@/parts/task/TaskRow';
import { Blank } from '@/ui/Blank';
import { Page } from '@/ui/Page';
import table from '@/ui/table.module.css';
import styles from './Tasks.module.css';

const SHOWS = ['pending', 'mine', 'done'] as const;
type Show = (typeof SHOWS)[number];

const FILTERS: Readonly<Record<Show, TaskFilter>> = {
  pending: { state: 'pending' },
  mine: { state: 'pending', owner: 'me' },
  done: { state: 'done' },
};

/** Every task of the centre. Which are shown and which is open stand in the address. */
export function TasksPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const show = SHOWS.find((one) => one === search.get('show')) ?? 'pending';
  const chosen = search.get('task');
  const query = useTasks(FILTERS[show]);
  const choose = (id: string | null): void =>
    setSearch({ ...(show === 'pending' ? {} : { show }), ...(id === null ? {} : { task: id }) }, { replace: true });
  const filter = (
    <Segmented<Show>
      aria-label={t('tasks.filter.label')}
      value={show}
      options={SHOWS.map((value) => ({ value, label: t(`tasks.filter.${value}`) }))}
      onChange={(value) => setSearch(value === 'pending' ? {} : { show: value }, { replace: true })}
    />
  );
  return (
    <Page title={t('tasks.title')} after={filter}>
      <QueryView query={query} rowHeight={46}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing show={show} />;
          return (
            <>
              <List items={items} chosen={chosen} onChoose={choose} />
              {query.hasNextPage ? (
                <div className={table.more}>
                  <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {t('common.more')}
                  </Button>
                </div>
              ) : null}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

interface ListProps {
  readonly items: readonly Task[];
  readonly chosen: string | null;
  onChoose(id: string | null): void;
}

function List({ items, chosen, onChoose }: ListProps) {
  return (
    <ul className={styles.list}>
      {items.map((task) => (
        <li key={task.id}>
          <TaskRow
            task={task}
            open={task.id === chosen}
            onToggle={() => onChoose(task.id === chosen ? null : task.id)}
          />
          {task.id === chosen ? <TaskCard task={task} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Nothing({ show }: { readonly show: Show }) {
  const { t } = useTranslation();
  return show === 'done' ? (
    <Blank title={t('tasks.done_empty_title')}>{t('tasks.done_empty_body')}</Blank>
  ) : (
    <Blank title={t('tasks.empty_title')}>{t('tasks.empty_body')}</Blank>
  );
}
