import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusOf } from '@/live/can';
import { useMeState } from '@/parts/live';
import { CustomerPane } from './CustomerPane';
import styles from './Desk.module.css';
import { ParkedPane } from './ParkedPane';
import { ToolsPane } from './ToolsPane';
import { useSubject } from './useSubject';
import { WorkPane } from './WorkPane';

type Tab = 'work' | 'customer' | 'tools';
const TABS: readonly Tab[] = ['work', 'customer', 'tools'];

/** The agent's page: work on the left, the customer in the middle, tools on the right. Narrow screens show one at a time. */
export function DeskPage() {
  const { t } = useTranslation();
  const me = useMeState();
  const focus = focusOf(me);
  const subject = useSubject(focus);
  const [tab, setTab] = useState<Tab>('work');
  const [seen, setSeen] = useState<string | null>(null);

  // On a narrow screen the pane that matters comes to the front when the work changes by itself.
  const moment =
    focus.kind === 'offer'
      ? focus.offer.id
      : focus.kind === 'handling'
        ? `${focus.handling.id}${focus.handling.state === 'wrap_up' ? 'w' : ''}`
        : null;
  if (moment !== seen) {
    setSeen(moment);
    if (focus.kind === 'offer') setTab('work');
    else if (focus.kind === 'handling') setTab(focus.handling.state === 'wrap_up' ? 'tools' : 'customer');
  }

  return (
    <div className={styles.page}>
      <h1 className="unseen">{t('desk.title')}</h1>
      <div className={styles.tabs} role="tablist" aria-label={t('desk.title')}>
        {TABS.map((name) => (
          <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => setTab(name)}>
            {t(`desk.tabs.${name}`)}
          </button>
        ))}
      </div>
      <div className={styles.panes} data-tab={tab}>
        <section className={styles.work} aria-label={t('desk.my_work')}>
          <WorkPane me={me} focus={focus} />
        </section>
        <section className={styles.customer} aria-label={t('desk.customer')}>
          <CustomerPane me={me} subject={subject} />
        </section>
        <section className={styles.side} aria-label={t('desk.tools')}>
          <div className={styles.tools}>
            <ToolsPane focus={focus} subject={subject} />
          </div>
          <ParkedPane me={me} />
        </section>
      </div>
    </div>
  );
}
