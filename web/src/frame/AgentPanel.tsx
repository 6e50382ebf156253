import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { MeState } from '@/api/types';
import { addWords, type LoadWords } from '@/i18n';
import { can } from '@/live/can';
import { canHaveMicrophone } from '@/live/microphone';
import { useFormat } from '@/parts/format';
import { usePhone } from '@/parts/live';
import { useAction } from '@/parts/useAction';
import { useReasons } from '@/parts/useReasonName';
import { Icon } from '@/ui/icons';
import { PhonePicker } from './PhonePicker';
import styles from './AgentPanel.module.css';
import { usePhoneName } from './usePhoneName';

const audioWords: LoadWords = async (tongue) =>
  tongue === 'zh' ? (await import('@/i18n/zh/audio')).audioPanel : (await import('@/i18n/en/audio')).audioPanel;

const AudioPanel = lazy(async () => {
  const [panel] = await Promise.all([import('./audio/AudioPanel'), addWords(audioWords)]);
  return { default: panel.AudioPanel };
});
const EchoTest = lazy(async () => {
  const [test] = await Promise.all([import('./audio/EchoTest'), addWords(audioWords)]);
  return { default: test.EchoTest };
});

interface AgentPanelProps {
  readonly me: MeState;
  onDone(): void;
}

/** What is behind the state: since when and why, reasons for a break, signing in and out. */
export function AgentPanel({ me, onDone }: AgentPanelProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const reasons = useReasons();
  const nameOf = usePhoneName();
  const { busy, run } = useAction();
  const [audio, setAudio] = useState(false);
  const { agent } = me;
  const act = (work: () => Promise<unknown>): void =>
    run(async () => {
      await work();
      onDone();
    });
  const signedOut = agent.presence === 'signed_out';
  const mayLeave = can.signOut(me);
  return (
    <div className={styles.panel} role="dialog" aria-label={t('desk.agent.state')} tabIndex={-1} data-first>
      <p className={styles.since}>
        {agent.since_at_us > 0
          ? t('desk.agent.since', { state: t(`common.state.${agent.state}`), time: format.time(agent.since_at_us) })
          : t(`common.state.${agent.state}`)}
        {agent.cause == null || agent.cause === 'asked' ? null : <span>{t(`desk.agent.cause.${agent.cause}`)}</span>}
      </p>
      {agent.telephone == null ? (
        <p className={styles.phone}>
          <Icon name={phone.kind === 'connected' ? 'mic' : 'mic_off'} size={16} />
          <span className={styles.state}>
            {t('desk.phone.title')} · {t(`desk.phone.${phone.kind}`)}
          </span>
          {canHaveMicrophone() ? (
            <AudioToggle label={t('desk.phone.audio')} open={audio} onToggle={() => setAudio(!audio)} />
          ) : null}
        </p>
      ) : (
        <p className={styles.phone}>
          <Icon name="phone" size={16} />
          {nameOf(agent.telephone)} ·{' '}
          {t(`desk.phone.${agent.telephone.kind === 'mobile' ? 'mobile' : 'sip'}.${agent.phone ? 'on' : 'off'}`)}
          {agent.telephone.kind === 'sip' ? (
            <AudioToggle label={t('desk.phone.echo')} open={audio} onToggle={() => setAudio(!audio)} />
          ) : null}
        </p>
      )}
      {audio && agent.telephone?.kind !== 'mobile' ? (
        <Suspense>{agent.telephone == null ? <AudioPanel /> : <EchoTest />}</Suspense>
      ) : null}
      {agent.telephones.length === 0 ? null : <PhonePicker me={me} />}
      {signedOut ? null : (
        <div className={styles.reasons} role="group" aria-label={t('desk.agent.not_ready_reason')}>
          <h3 className={styles.title}>{t('desk.agent.not_ready_reason')}</h3>
          {reasons.map((reason) => (
            <button
              type="button"
              key={reason.id}
              className={styles.reason}
              disabled={busy}
              aria-pressed={agent.presence === 'not_ready' && agent.reason_id === reason.id}
              data-testid={`not-ready-reason-${reason.id}`}
              onClick={() => act(() => desk.setState('not_ready', reason.id))}
            >
              {i18n.language === 'zh' ? reason.name_zh : reason.name_en}
            </button>
          ))}
        </div>
      )}
      {signedOut ? (
        <Button block loading={busy} onClick={() => act(() => desk.setState('signed_in'))} data-testid="agent-sign-in">
          {t('desk.agent.sign_in')}
        </Button>
      ) : (
        <Button
          block
          loading={busy}
          disabled={mayLeave !== 'yes'}
          onClick={() => act(() => desk.setState('signed_out'))}
          data-testid="agent-sign-out"
        >
          {t('desk.agent.sign_out')}
        </Button>
      )}
      {signedOut ? <p className={styles.hint}>{t('desk.agent.sign_in_hint')}</p> : null}
      {!signedOut && mayLeave !== 'yes' ? <p className={styles.hint}>{t(`desk.agent.verdict.${mayLeave}`)}</p> : null}
    </div>
  );
}

interface AudioToggleProps {
  readonly label: string;
  readonly open: boolean;
  onToggle(): void;
}

/** Opens what there is to try of the sound, below the phone that carries it. */
function AudioToggle({ label, open, onToggle }: AudioToggleProps) {
  return (
    <button type="button" className={styles.reason} aria-expanded={open} data-testid="audio-open" onClick={onToggle}>
      {label}
    </button>
  );
}
