import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { settings } from '@/api/settings';
import type { SystemHealth } from '@/api/types';
import { bytes } from '@/lib/bytes';
import { QueryView } from '@/parts/QueryView';
import { Moment } from '@/parts/Times';
import { paths } from '@/paths';
import { Facts } from '@/ui/Facts';
import { Notice } from '@/ui/Notice';
import { Section } from './Section';
import { SystemTrunks } from './SystemTrunks';
import styles from './System.module.css';

const ASKED_EVERY_MS = 5_000;

/** How the server does, for whoever looks after it. */
export function SystemPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['system-health'],
    queryFn: () => settings.systemHealth(),
    refetchInterval: ASKED_EVERY_MS,
  });
  return (
    <Section title={t('settings.sections.system')}>
      <QueryView query={query} rows={6}>
        {(health) => (
          <div className={styles.page} data-testid="system-health" data-status={health.status}>
            <div className={health.status === 'ok' ? styles.well : ''}>
              <Verdict health={health} />
            </div>
            <div className={styles.groups}>
              <Calls health={health} />
              <Ledger health={health} />
              <Disk health={health} />
              <Process health={health} />
              <Certificate health={health} />
              <Locations health={health} />
            </div>
            <SystemTrunks trunks={health.trunks} />
          </div>
        )}
      </QueryView>
    </Section>
  );
}

interface Shown {
  readonly health: SystemHealth;
}

const TONES = { ok: 'quiet', degraded: 'warn', failing: 'alarm' } as const;

function Verdict({ health }: Shown) {
  const { t } = useTranslation();
  return (
    <Notice tone={TONES[health.status]} {...(health.status === 'ok' ? { icon: 'check' as const } : {})}>
      <strong>{t(`settings.system.status.${health.status}`)}</strong>
      {health.codes.length === 0 ? null : (
        <ul className={styles.codes}>
          {health.codes.map((code) => (
            <li key={code}>
              {t(`settings.system.code.${code}`)}{' '}
              {code === 'recordings_missing' || code === 'recordings_failing' ? (
                <Link to={paths.recordings}>{t('settings.system.look_at_recordings')}</Link>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Group({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={`${styles.group} ${wide ? styles.wide : ''}`}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Calls({ health: { calls } }: Shown) {
  const { t } = useTranslation();
  return (
    <Group title={t('settings.system.group.calls')}>
      <Facts
        items={[
          [t('settings.system.telephone'), calls.telephone],
          [t('settings.system.visitor'), calls.visitor],
          [t('settings.system.agent'), calls.agent],
          [t('settings.system.conversations'), calls.conversations],
        ]}
      />
    </Group>
  );
}

function Ledger({ health: { ledger } }: Shown) {
  const { t } = useTranslation();
  const p99 = ledger.commit_p99_ms;
  return (
    <Group title={t('settings.system.group.ledger')}>
      <Facts
        items={[
          [t('settings.system.commit_p99'), p99 == null ? t('settings.system.commit_none') : `${p99} ms`],
          [t('settings.system.uncommitted'), ledger.uncommitted],
        ]}
      />
    </Group>
  );
}

function Disk({ health: { disk } }: Shown) {
  const { t } = useTranslation();
  if (disk == null) return null;
  const space = { free: bytes(disk.free_bytes), total: bytes(disk.total_bytes) };
  return (
    <Group title={t('settings.system.group.disk')}>
      <Facts
        items={[
          [t('settings.system.free'), t('settings.system.free_of', space)],
          [t('settings.system.sync'), disk.sync_us == null ? '–' : `${(disk.sync_us / 1000).toFixed(1)} ms`],
        ]}
      />
    </Group>
  );
}

function Process({ health: { process, started_at_us: started, version } }: Shown) {
  const { t } = useTranslation();
  return (
    <Group title={t('settings.system.group.process')}>
      <Facts
        items={[
          [t('settings.system.since'), <Moment key="since" atUs={started} />],
          [t('settings.system.version'), version],
          [t('settings.system.memory'), bytes(process.resident_bytes)],
          [t('settings.system.files'), `${process.open_files} / ${process.open_files_max}`],
        ]}
      />
    </Group>
  );
}

function Locations({ health: { locations } }: Shown) {
  const { t } = useTranslation();
  const kept = locations.built_in ? t('settings.system.locations.built_in') : t('settings.system.locations.file');
  return (
    <Group title={t('settings.system.group.locations')} wide>
      <Facts
        items={[
          [t('settings.system.locations.source'), `${locations.source} · ${kept}`],
          [t('settings.system.locations.dated'), locations.dated],
        ]}
      />
    </Group>
  );
}

function Certificate({ health: { certificate } }: Shown) {
  const { t } = useTranslation();
  return (
    <Group title={t('settings.system.group.certificate')} wide>
      {certificate == null ? (
        <p>{t('settings.system.no_certificate')}</p>
      ) : (
        <Facts
          items={[
            [t('settings.system.expires'), <Moment key="expires" atUs={certificate.expires_at_us} />],
            [
              t('settings.system.made'),
              certificate.generated ? t('settings.system.generated') : t('settings.system.given'),
            ],
            [t('settings.system.names'), certificate.names.join(' · ')],
            [
              t('settings.system.fingerprint'),
              <span key="sha256" className={styles.fingerprint}>
                {certificate.sha256}
              </span>,
            ],
          ]}
        />
      )}
    </Group>
  );
}
