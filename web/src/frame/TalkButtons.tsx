import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Handling } from '@/api/types';
import { can, othersGoOn } from '@/live/can';
import { Hint } from '@/parts/Hint';
import { KEYS } from '@/parts/shortcuts';
import { useWork } from '@/parts/useWork';
import { Icon } from '@/ui/icons';

export function MuteButton({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const work = useWork();
  const text = handling.muted ? t('desk.call.unmute') : t('desk.call.mute');
  const verdict = can.mute(handling);
  return (
    <Hint text={verdict === 'yes' ? text : t(`desk.agent.verdict.${verdict}`)} combo={KEYS.mute}>
      <Button
        icon={<Icon name={handling.muted ? 'mic_off' : 'mic'} size={16} />}
        disabled={verdict !== 'yes'}
        aria-pressed={handling.muted}
        danger={handling.muted}
        onClick={() => work.toggleMute(handling)}
        data-testid="call-mute"
      >
        {text}
      </Button>
    </Hint>
  );
}

export function HangUpButton({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const work = useWork();
  const leaves = othersGoOn(handling);
  const text = t(leaves ? 'desk.consult.leave' : 'desk.call.hang_up');
  return (
    <Hint text={leaves ? t('desk.conference.go_on') : text} combo={KEYS.hangUp}>
      <Button
        type="primary"
        danger
        icon={<Icon name="hang_up" size={16} />}
        onClick={() => work.hangUp(handling)}
        data-testid="call-hang-up"
      >
        {text}
      </Button>
    </Hint>
  );
}
