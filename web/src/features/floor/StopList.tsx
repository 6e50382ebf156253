import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { outbound } from '@/api/outbound';
import type { OutboundStop } from '@/api/types';
import { useFormat } from '@/parts/format';
import { useMay } from '@/parts/session';
import { Sure } from '@/parts/Sure';
import { Moment } from '@/parts/Times';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Notice } from '@/ui/Notice';
import styles from './Floor.module.css';

/** Calls out that were stopped because too many different numbers were called; each until somebody releases it. */
export function StopList({ stops }: { readonly stops: readonly OutboundStop[] }) {
  return (
    <>
      {stops.map((stop) => (
        <div key={stop.agent?.id ?? stop.rule?.id} className={styles.alarm} data-testid="floor-stop">
          <Stop stop={stop} />
        </div>
      ))}
    </>
  );
}

function Stop({ stop }: { readonly stop: OutboundStop }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay('floor.supervise');
  const { busy, run } = useAction();
  const { agent, rule, since, distinct, within_s } = stop;
  const what = agent === null ? 'rule' : 'agent';
  const name = (agent ?? rule)?.name || t('floor.stop.gone');
  const release = (): void =>
    run(async () => {
      await outbound.release({ agent_id: agent?.id ?? null, rule_id: agent === null ? (rule?.id ?? null) : null });
      toast.good(t('floor.stop.released', { name }));
    });
  const words = t(`floor.stop.${what}`, { name, count: distinct, time: format.duration(within_s * 1000) });
  const [before, after] = words.split('{at}');
  return (
    <Notice
      tone="alarm"
      action={
        may ? (
          <Sure
            title={t(`floor.stop.sure_${what}`, { name })}
            description={t('floor.stop.sure_body')}
            okText={t('floor.stop.release')}
            onConfirm={release}
          >
            <Button size="small" danger loading={busy} data-testid="stop-release">
              {t('floor.stop.release')}
            </Button>
          </Sure>
        ) : undefined
      }
    >
      <span title={t('floor.stop.how')}>
        {before}
        <Moment atUs={since} />
        {after}
      </span>
    </Notice>
  );
}
