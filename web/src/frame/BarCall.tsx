import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Handling } from '@/api/types';
import { can, isDialling } from '@/live/can';
import { Caller } from '@/parts/Caller';
import { Hint } from '@/parts/Hint';
import { KEYS } from '@/parts/shortcuts';
import { Countdown, Elapsed } from '@/parts/Times';
import { useWork } from '@/parts/useWork';
import { paths } from '@/paths';
import { Icon } from '@/ui/icons';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './CallBar.module.css';
import { Quality } from './Quality';
import { RecordingSwitch } from './RecordingSwitch';
import { TransferControl } from './TransferControl';

interface BarCallProps {
  readonly handling: Handling;
  readonly onDesk: boolean;
}

export function BarCall({ handling, onDesk }: BarCallProps) {
  const { t } = useTranslation();
  const { state, conversation } = handling;
  const dialling = isDialling(handling) ? (conversation.outbound?.ringing === true ? 'ringing' : 'dialling') : null;
  const until = handling.wrap_up_until_us;
  return (
    <>
      <span
        className={styles.state}
        style={{ background: `var(--${state}-soft)`, color: `var(--${state})` }}
        data-testid="call-state"
        data-state={state}
        data-muted={handling.muted}
        data-device-lost={handling.device_lost}
        title={handling.device_lost ? t('desk.call.device_lost') : undefined}
      >
        <StateGlyph state={state} />
        {dialling === null ? (
          <span className="unseen">{t(`desk.live.${state}`)}</span>
        ) : (
          <span data-testid="dial-state">{t(`dial.state.${dialling}`)}</span>
        )}
        {state === 'wrap_up' && until != null ? (
          <Countdown untilUs={until} />
        ) : (
          <Elapsed sinceUs={state === 'held' ? handling.state_since_us : handling.started_at_us} />
        )}
      </span>
      <span className={styles.who}>
        {onDesk ? (
          <Caller who={handling.conversation} />
        ) : (
          <Link to={paths.desk}>
            <Caller who={handling.conversation} />
          </Link>
        )}
      </span>
      {state === 'wrap_up' ? null : (
        <>
          <Quality />
          <RecordingSwitch handling={handling} />
          <TalkButtons handling={handling} />
        </>
      )}
    </>
  );
}

function TalkButtons({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const work = useWork();
  const held = handling.state === 'held';
  const muteText = handling.muted ? t('desk.call.unmute') : t('desk.call.mute');
  const holdText = held && !handling.device_lost ? t('desk.call.resume') : t('desk.call.hold');
  const mayMute = can.mute(handling);
  return (
    <span className={styles.buttons} role="group" aria-label={t('desk.call.actions')}>
      <Hint text={mayMute === 'yes' ? muteText : t(`desk.agent.verdict.${mayMute}`)} combo={KEYS.mute}>
        <Button
          icon={<Icon name={handling.muted ? 'mic_off' : 'mic'} size={16} />}
          disabled={mayMute !== 'yes'}
          aria-pressed={handling.muted}
          danger={handling.muted}
          onClick={() => work.toggleMute(handling)}
          data-testid="call-mute"
        >
          {muteText}
        </Button>
      </Hint>
      <Hint text={holdText} combo={KEYS.hold}>
        <Button
          icon={<Icon name={held ? 'resume' : 'hold'} size={16} />}
          disabled={handling.device_lost || isDialling(handling)}
          aria-pressed={held}
          onClick={() => work.toggleHold(handling)}
          data-testid="call-hold"
        >
          {holdText}
        </Button>
      </Hint>
      <TransferControl handling={handling} />
      <Hint text={t('desk.call.hang_up')} combo={KEYS.hangUp}>
        <Button
          type="primary"
          danger
          icon={<Icon name="hang_up" size={16} />}
          onClick={() => work.hangUp(handling)}
          data-testid="call-hang-up"
        >
          {t('desk.call.hang_up')}
        </Button>
      </Hint>
    </span>
  );
}
