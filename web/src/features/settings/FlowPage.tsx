import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { settings } from '@/api/settings';
import type { Flow, FlowExit, FlowNode } from '@/api/types';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useCalendars, useQueues } from '@/parts/settings';
import { paths } from '@/paths';
import { Section } from './Section';
import styles from './Settings.module.css';

/** A flow to be read: every node with its exits, each leading to its node. */
export function FlowPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['flow', id], queryFn: () => settings.flow(id) });
  return (
    <QueryView query={query}>
      {(flow) => (
        <Section
          title={flow.name}
          readOnly
          before={
            <BackLink
              to={paths.settingsFlows}
              label={t('settings.back_to', { section: t('settings.sections.flows') })}
            />
          }
          action={<span className={styles.off}>{t('settings.flow.version', { version: flow.version })}</span>}
        >
          <ol className={styles.nodes}>
            {flow.nodes.map((node, index) => (
              <Node key={index} node={node} index={index} flow={flow} />
            ))}
          </ol>
        </Section>
      )}
    </QueryView>
  );
}

interface NodeProps {
  readonly node: FlowNode;
  readonly index: number;
  readonly flow: Flow;
}

function Node({ node, index, flow }: NodeProps) {
  const { t } = useTranslation();
  const queue = useQueues().data?.items.find((one) => one.id === node.queue_id);
  const calendar = useCalendars().data?.items.find((one) => one.id === node.calendar_id);
  const facts = [
    queue?.name,
    node.kind === 'hours' ? (calendar?.name ?? t('hours.of_the_number')) : undefined,
    node.language == null ? undefined : t(`common.language.${node.language}`),
    node.sounds.length === 0
      ? undefined
      : `${t('settings.flow.sounds')} ${node.sounds.join(t('common.list.separator'))}`,
  ].filter((fact) => fact !== undefined);
  return (
    <li className={styles.node} id={`node-${index}`}>
      <span className={styles.index}>{index + 1}</span>
      <strong>
        {node.label} <span className={styles.kind}>{t(`settings.flow.kind.${node.kind}`)}</span>
        {flow.entry === index ? (
          <span className={`${styles.badge} ${styles.entry}`}>{t('settings.flow.entry')}</span>
        ) : null}
      </strong>
      {facts.length === 0 ? null : <span className={styles.off}>{facts.join(' · ')}</span>}
      {node.exits.length === 0 ? null : (
        <span className={styles.exits}>
          {node.exits.map((exit) => (
            <span key={`${exit.exit}${exit.key ?? ''}`}>
              {t(`settings.flow.exit.${exitName(exit.exit as FlowExit, node)}`, {
                key: exit.key ?? '',
                label: exit.label ?? '',
              })}
              <a href={`#node-${exit.node}`}>{flow.nodes[exit.node]?.label ?? exit.node + 1}</a>
            </span>
          ))}
        </span>
      )}
    </li>
  );
}

/** Time runs out on a key in a menu, on a wait in a queue. */
function exitName(exit: FlowExit, node: FlowNode): FlowExit | 'waited' {
  return exit === 'timeout' && node.kind === 'enqueue' ? 'waited' : exit;
}
