import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMeState } from '@/parts/live';
import { useSession } from '@/parts/session';
import styles from './AudioPanel.module.css';
import { useEchoTest } from './useEchoTest';

/** One's own voice, there and back: what a call needs besides the devices. */
export function EchoTest() {
  const { t } = useTranslation();
  const { phone } = useSession();
  const me = useMeState();
  const working = me !== null && (me.offers.length > 0 || me.handlings.some(({ state }) => state !== 'wrap_up'));
  const echo = useEchoTest(phone, working);
  const byTelephone = me?.agent.telephone != null;
  const said = (): string => {
    if (echo.state === 'running') return t(byTelephone ? 'audio.echo.ringing' : 'audio.echo.running');
    if (echo.state === 'over' && echo.figures !== null) {
      const rtt = Math.round(echo.figures.roundTripMs);
      return t('audio.echo.figures', { rtt, loss: (echo.figures.loss * 100).toFixed(1) });
    }
    if (working) return t('audio.echo.busy');
    if (echo.state === 'over') return t('audio.echo.over');
    return t(echo.state === 'failed' ? 'audio.echo.failed' : 'audio.echo.hint');
  };
  return (
    <>
      <div className={styles.tests}>
        {echo.state === 'running' ? (
          <Button onClick={echo.stop} data-testid="echo-stop">
            {t('audio.stop')}
          </Button>
        ) : (
          <Button disabled={working || me?.agent.phone !== true} onClick={echo.start} data-testid="echo-start">
            {t('audio.echo.start')}
          </Button>
        )}
      </div>
      <p className={styles.hint} role="status" data-testid="echo-state" data-state={echo.state}>
        {said()}
      </p>
    </>
  );
}
