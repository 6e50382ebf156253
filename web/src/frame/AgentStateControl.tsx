import { Button, Popover } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { MeState } from '@/api/types';
import { Hint } from '@/parts/Hint';
import { Opened } from '@/parts/PopoverControl';
import { useSession } from '@/parts/session';
import { KEYS } from '@/parts/shortcuts';
import { Elapsed } from '@/parts/Times';
import { useAction } from '@/parts/useAction';
import { useReasonName } from '@/parts/useReasonName';
import { Icon } from '@/ui/icons';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './AgentStateControl.module.css';

/** What is behind a click need not be there for the first look at the desk. */
const AgentPanel = lazy(async () => ({ default: (await import('./AgentPanel')).AgentPanel }));

/** State, time in it, and the one click to the other of ready and not ready. */
export function AgentStateControl({ me }: { readonly me: MeState | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const own = useRef<HTMLButtonElement>(null);
  const change = (wanted: boolean): void => {
    setOpen(wanted);
    if (!wanted) own.current?.focus();
  };
  const reason = useReasonName(me?.agent.reason_id);
  if (me === null) return <span className={styles.waiting} aria-hidden="true" />;
  const { agent } = me;
  return (
    <span className={styles.control}>
      <Popover
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        destroyOnHidden
        open={open}
        onOpenChange={change}
        content={
          <Suspense>
            <Opened>
              <AgentPanel me={me} onDone={() => change(false)} />
            </Opened>
          </Suspense>
        }
      >
        <button
          type="button"
          ref={own}
          className={styles.state}
          aria-haspopup="dialog"
          aria-expanded={open}
          data-testid="agent-state"
          data-state={agent.state}
          data-presence={agent.presence}
        >
          <span className="unseen">{t('desk.agent.state')}</span>
          <StateGlyph state={agent.state} size={12} />
          <span className={styles.word}>{t(`common.state.${agent.state}`)}</span>
          {agent.state === 'not_ready' && reason !== null ? (
            <span className={styles.why} title={reason}>
              {reason}
            </span>
          ) : null}
          <Elapsed sinceUs={agent.since_at_us} />
          <Icon name="chevron" size={14} />
        </button>
      </Popover>
      <PresenceButton me={me} />
    </span>
  );
}

function PresenceButton({ me }: { readonly me: MeState }) {
  const { t } = useTranslation();
  const session = useSession();
  const { busy, run } = useAction();
  const inWork = me.offers.length > 0 || me.handlings.length > 0 || me.supervision != null;
  if (me.agent.presence === 'ready') {
    return (
      <Hint text={inWork ? t('desk.agent.next_not_ready') : t('desk.agent.not_ready')} combo={KEYS.notReady}>
        <Button loading={busy} onClick={() => run(() => desk.setState('not_ready'))} data-testid="agent-not-ready">
          {t('desk.agent.not_ready')}
        </Button>
      </Hint>
    );
  }
  const signedOut = me.agent.presence === 'signed_out';
  const hint = signedOut ? t('desk.agent.ready_first') : inWork ? t('desk.agent.next_ready') : t('desk.agent.ready');
  return (
    <Hint text={hint} combo={KEYS.ready}>
      <Button
        type={inWork ? 'default' : 'primary'}
        loading={busy}
        onClick={() => run(() => session.goReady())}
        data-testid="agent-ready"
      >
        {t('desk.agent.ready')}
      </Button>
    </Hint>
  );
}
