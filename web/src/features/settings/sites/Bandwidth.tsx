import { Button, Checkbox, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CallShape,
  callKbps,
  callsIn,
  CODEC_KBPS,
  LINE_SHARE,
  lineKbps,
  PACKET_MS,
  packetOf,
} from '@/lib/bandwidth';
import { Figure } from '@/parts/Figure';
import { useFormat } from '@/parts/format';
import { Field } from '@/ui/Field';
import styles from './Sites.module.css';

const CALLS_FIRST = 30;
const LINE_FIRST_MBPS = 10;
const PARTS = ['payload', 'rtp', 'udp', 'ip', 'ethernet', 'srtp', 'tunnel'] as const;
const rounded = (kbps: number): number => Math.round(kbps * 10) / 10;

interface BandwidthProps {
  /** Calls the site may have at once, as typed. */
  readonly limit: number | null;
  /** Takes how many calls fit as the limit. */
  readonly onTake: ((calls: number) => void) | null;
}

/** What calls take of a line each way, and how many a line carries. */
export function Bandwidth({ limit, onTake }: BandwidthProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [asked, setAsked] = useState<number | null>(null);
  const [shape, setShape] = useState<CallShape>({ encrypted: false, ipv6: false, tunnel: 0 });
  const [line, setLine] = useState(LINE_FIRST_MBPS);
  const set = (more: Partial<CallShape>): void => setShape((now) => ({ ...now, ...more }));
  const calls = asked ?? limit ?? CALLS_FIRST;
  const packet = packetOf(shape);
  const each = rounded(callKbps(shape));
  const all = rounded(lineKbps(calls, shape));
  const fitting = callsIn(line, shape);
  const share = format.percent(LINE_SHARE);
  const sum = PARTS.filter((part) => packet[part] > 0)
    .map((part) => `${t(`sites.band.part.${part}`)} ${String(packet[part])}`)
    .join(' + ');
  return (
    <aside className={styles.side} aria-label={t('sites.band.title')} data-testid="bandwidth">
      <h3>{t('sites.band.title')}</h3>
      <p>{t('sites.band.codec')}</p>
      <div className={styles.checks}>
        <Checkbox checked={shape.encrypted} onChange={(event) => set({ encrypted: event.target.checked })}>
          {t('sites.band.encrypted')}
        </Checkbox>
        <Checkbox checked={shape.ipv6} onChange={(event) => set({ ipv6: event.target.checked })}>
          {t('sites.band.ipv6')}
        </Checkbox>
      </div>
      <Field label={t('sites.band.tunnel')} hint={t('sites.band.tunnel_hint')} group>
        <InputNumber<number>
          aria-label={t('sites.band.tunnel')}
          value={shape.tunnel}
          min={0}
          max={200}
          precision={0}
          suffix={t('sites.band.bytes')}
          style={{ width: '100%' }}
          onChange={(tunnel) => set({ tunnel: tunnel ?? 0 })}
        />
      </Field>
      <div className={styles.question}>
        <Field label={t('sites.band.calls')} group>
          <InputNumber<number>
            aria-label={t('sites.band.calls')}
            value={calls}
            min={1}
            max={10_000}
            precision={0}
            style={{ width: '100%' }}
            onChange={setAsked}
            data-testid="bandwidth-calls"
          />
        </Field>
        <Reckoned
          name={t('sites.band.need')}
          how={t('sites.band.need_how', { calls, each })}
          figure={`${new Intl.NumberFormat(i18n.language).format(all)} kbit/s`}
          testId="bandwidth-need"
        />
        <Reckoned
          name={t('sites.band.each')}
          how={t('sites.band.each_how', {
            rate: CODEC_KBPS,
            ms: PACKET_MS,
            sum,
            total: packet.total,
            packets: 1000 / PACKET_MS,
          })}
          figure={`${String(each)} kbit/s`}
          testId="bandwidth-each"
        />
      </div>
      <div className={styles.question}>
        <Field label={t('sites.band.line')} hint={t('sites.band.line_hint')} group>
          <InputNumber<number>
            aria-label={t('sites.band.line')}
            value={line}
            min={0.1}
            max={100_000}
            suffix="Mbit/s"
            style={{ width: '100%' }}
            onChange={(mbps) => setLine(mbps ?? 0)}
            data-testid="bandwidth-line"
          />
        </Field>
        <Reckoned
          name={t('sites.band.fit')}
          how={t('sites.band.fit_how', { line, share, each })}
          figure={t('sites.band.fit_calls', { count: fitting })}
          testId="bandwidth-fit"
        />
        {onTake === null || fitting < 1 || fitting === limit ? null : (
          <Button className={styles.add} size="small" onClick={() => onTake(Math.min(fitting, 10_000))}>
            {t('sites.band.take', { count: Math.min(fitting, 10_000) })}
          </Button>
        )}
      </div>
    </aside>
  );
}

interface ReckonedProps {
  readonly name: string;
  readonly how: string;
  readonly figure: string;
  readonly testId: string;
}

function Reckoned({ name, how, figure, testId }: ReckonedProps) {
  return (
    <p className={styles.reckoned}>
      <span>{name}</span>
      <Figure name={name} how={how}>
        <strong data-testid={testId}>{figure}</strong>
      </Figure>
    </p>
  );
}
