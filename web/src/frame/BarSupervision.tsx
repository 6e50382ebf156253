import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { Supervision, SupervisionMode } from '@/api/types';
import { Caller } from '@/parts/Caller';
import { Hint } from '@/parts/Hint';
import { KEYS } from '@/parts/shortcuts';
import { Elapsed } from '@/parts/Times';
import { useAction } from '@/parts/useAction';
import { useShortcut } from '@/parts/useShortcut';
import { Icon } from '@/ui/icons';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './CallBar.module.css';

const MODES: readonly SupervisionMode[] = ['listen', 'whisper', 'barge'];

/** The talk a supervisor hears: whose it is, who hears the supervisor, and the ways out of it. */
export function BarSupervision({ supervision }: { readonly supervision: Supervision }) {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const { of, mode, conversation, silent } = supervision;
  const stop = (): void => run(() => desk.stopSupervising());
  useShortcut(KEYS.hangUp, stop);
  return (
    <>
      <span
        className={styles.state}
        style={{ background: 'var(--supervising-soft)', color: 'var(--supervising)' }}
        data-testid="call-state"
        data-state="supervising"
        data-mode={mode}
        title={silent == null ? t(`supervise.hears.${mode}`, { name: of.name }) : t(`supervise.silent.${silent}`)}
      >
        <StateGlyph state="supervising" />
        <span className={styles.of}>{of.name}</span>
        <Elapsed sinceUs={supervision.since_at_us} />
      </span>
      {silent == null ? (
        <span className={styles.who}>
          <Caller who={conversation} />
        </span>
      ) : (
        <span className={styles.silent} data-testid="supervision-silent">
          {t(`supervise.silent.${silent}`)}
        </span>
      )}
      <span className={styles.buttons} role="group" aria-label={t('desk.call.actions')}>
        <span className={styles.modes} role="group" aria-label={t('supervise.mode')}>
          {MODES.map((value) => (
            <Button
              key={value}
              type={value === mode ? 'primary' : 'default'}
              aria-pressed={value === mode}
              title={t(`supervise.hears.${value}`, { name: of.name })}
              onClick={() => (value === mode ? undefined : run(() => desk.supervise(of.id, conversation.id, value)))}
              data-testid={`supervision-${value}`}
            >
              {t(`supervise.${value}`)}
            </Button>
          ))}
        </span>
        <Hint text={t('supervise.take_over_hint', { name: of.name })}>
          <Button
            icon={<Icon name="transfer" size={16} />}
            disabled={busy}
            onClick={() => run(() => desk.takeOver(of.id, conversation.id))}
            data-testid="supervision-take-over"
          >
            {t('supervise.take_over')}
          </Button>
        </Hint>
        <Hint text={t('supervise.stop_hint')} combo={KEYS.hangUp}>
          <Button
            danger
            icon={<Icon name="close" size={16} />}
            disabled={busy}
            onClick={stop}
            data-testid="supervision-stop"
          >
            {t('supervise.stop')}
          </Button>
        </Hint>
      </span>
    </>
  );
}
