import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Handling } from '@/api/types';
import { can, isDialling, othersGoOn } from '@/live/can';
import { Caller } from '@/parts/Caller';
import { Hint } from '@/parts/Hint';
import { useMeState } from '@/parts/live';
import { KEYS } from '@/parts/shortcuts';
import { Countdown, Elapsed } from '@/parts/Times';
import { useWork } from '@/parts/useWork';
import { paths } from '@/paths';
import { Icon } from '@/ui/icons';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './CallBar.module.css';
import { ConsultButtons, ConsultState } from './ConsultControl';
import { HangUpButton, MuteButton } from './TalkButtons';
import { Quality } from './Quality';
import { RecordingSwitch } from './RecordingSwitch';
import { TransferControl } from './TransferControl';

interface BarCallProps {
  readonly handling: Handling;
  readonly onDesk: boolean;
}

export function BarCall({ handling, onDesk }: BarCallProps) {
  const { t } = useTranslation();
  // What a SIP phone hears the browser does not know.
  const byBrowser = useMeState()?.agent.telephone == null;
  const { state, consult } = handling;
  const { conversation } = handling;
  const dialling = isDialling(handling) ? (conversation.outbound?.ringing === true ? 'ringing' : 'dialling') : null;
  const result = conversation.outbound?.result ?? 'answered';
  const failed = state === 'wrap_up' && result !== 'answered' ? result : null;
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
        title={handling.device_lost ? t(`desk.${othersGoOn(handling) ? 'conference' : 'call'}.device_lost`) : undefined}
      >
        <StateGlyph state={state} />
        {dialling !== null ? (
          <span data-testid="dial-state">{t(`dial.state.${dialling}`)}</span>
        ) : failed !== null ? (
          <span data-testid="dial-result">{t(`dial.result.${failed}`)}</span>
        ) : (
          <span className="unseen">{t(`desk.live.${state}`)}</span>
        )}
        {state === 'wrap_up' && until != null ? (
          <Countdown untilUs={until} />
        ) : (
          <Elapsed sinceUs={state === 'held' ? handling.state_since_us : handling.started_at_us} />
        )}
      </span>
      {consult == null ? (
        <span className={styles.who}>
          {onDesk ? (
            <Caller who={conversation} />
          ) : (
            <Link to={paths.desk}>
              <Caller who={conversation} />
            </Link>
          )}
        </span>
      ) : (
        <ConsultState consult={consult} onDesk={onDesk} />
      )}
      {state === 'wrap_up' ? null : (
        <>
          {consult == null && byBrowser ? <Quality /> : null}
          <RecordingSwitch handling={handling} />
          {consult == null ? (
            <TalkButtons handling={handling} />
          ) : (
            <ConsultButtons handling={handling} consult={consult} />
          )}
        </>
      )}
    </>
  );
}

function TalkButtons({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const work = useWork();
  const held = handling.state === 'held';
  const together = othersGoOn(handling);
  const holdText = t(`desk.${together ? 'conference' : 'call'}.${held && !handling.device_lost ? 'resume' : 'hold'}`);
  return (
    <span className={styles.buttons} role="group" aria-label={t('desk.call.actions')}>
      <MuteButton handling={handling} />
      <Hint text={together && !held ? t('desk.conference.go_on') : holdText} combo={KEYS.hold}>
        <Button
          icon={<Icon name={held ? 'resume' : 'hold'} size={16} />}
          disabled={handling.device_lost || can.hold(handling) !== 'yes'}
          aria-pressed={held}
          onClick={() => work.toggleHold(handling)}
          data-testid="call-hold"
        >
          {holdText}
        </Button>
      </Hint>
      <TransferControl handling={handling} />
      <HangUpButton handling={handling} />
    </span>
  );
}
