import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { speak } from '@/i18n';
import { clock } from '@/lib/duration';
import { onTick } from '@/lib/ticker';
import type { Store } from '@/lib/store';
import { createVisitorCaller, type VisitorState } from '@/live/visitor-call';
import { setTheme, themeStore } from '@/parts/preferences';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import { Keypad } from '@/ui/Keypad';
import { Mark } from '@/ui/Mark';
import styles from './VisitorPage.module.css';

const caller = createVisitorCaller();
const useStored = <T,>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get);

/** A calm page with one thing to do: call. */
export function VisitorPage() {
  const { t, i18n } = useTranslation();
  const state = useStored(caller.state);
  const stream = useStored(caller.remote);
  const dark = useStored(themeStore) === 'dark';
  const audio = useRef<HTMLAudioElement>(null);
  const [number, setNumber] = useState(() => new URLSearchParams(location.search).get('number') ?? '');
  const onCall = state.kind === 'calling' || state.kind === 'connected';

  useEffect(() => {
    document.title = `${t('visitor.title')} · ${t('frame.product')}`;
  }, [t]);
  useEffect(() => {
    if (audio.current === null) return;
    audio.current.srcObject = stream;
    if (stream !== null) void audio.current.play().catch(() => undefined);
  }, [stream]);
  useEffect(() => {
    const hide = (): void => caller.hangUp();
    window.addEventListener('pagehide', hide);
    return () => window.removeEventListener('pagehide', hide);
  }, []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void caller.call(number.trim());
  };
  const themeText = dark ? t('frame.theme.to_light') : t('frame.theme.to_dark');

  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Mark size={28} />
        <strong>{t('frame.product')}</strong>
        <span className={styles.switches}>
          <IconButton
            label={`${t(`frame.language.${i18n.language === 'zh' ? 'en' : 'zh'}`)} ${t('frame.language.switch')}`}
            data-testid="language-switch"
            onClick={() => void speak(i18n.language === 'zh' ? 'en' : 'zh')}
          >
            {t(`frame.language.${i18n.language === 'zh' ? 'en' : 'zh'}`)}
          </IconButton>
          <IconButton
            icon={dark ? 'sun' : 'moon'}
            label={themeText}
            title={themeText}
            data-testid="theme-switch"
            onClick={() => setTheme(dark ? 'light' : 'dark')}
          />
        </span>
      </header>
      <main className={styles.main}>
        <h1 className={styles.title}>{t('visitor.title')}</h1>
        <p className={styles.lead}>{t('visitor.lead')}</p>
        <StateLine state={state} />
        <audio ref={audio} autoPlay data-testid="remote-audio" />
        {onCall ? (
          <>
            <Keypad
              className={styles.keypad}
              label={t('visitor.keypad')}
              testId="visitor-key"
              disabled={state.kind !== 'connected'}
              typed
              nameOf={(key) => t('visitor.key', { key })}
              onKey={(key) => caller.key(key)}
            />
            <button
              type="button"
              className={`${styles.round} ${styles.end}`}
              aria-label={t('visitor.hang_up')}
              data-testid="visitor-hang-up"
              onClick={() => caller.hangUp()}
            >
              <Icon name="hang_up" size={30} />
            </button>
            <span className={styles.caption}>{t('visitor.hang_up')}</span>
          </>
        ) : (
          <form className={styles.form} onSubmit={submit}>
            <label className={styles.field}>
              <span>{t('visitor.number')}</span>
              <input
                inputMode="tel"
                autoComplete="off"
                maxLength={32}
                placeholder={t('visitor.number_default')}
                value={number}
                onChange={(event) => setNumber(event.target.value.replace(/[^\d+*#\- ]/g, ''))}
                data-testid="visitor-number"
              />
            </label>
            <button type="submit" className={styles.round} aria-label={t('visitor.call')} data-testid="visitor-call">
              <Icon name="phone" size={30} />
            </button>
            <span className={styles.caption}>
              {state.kind === 'ended' || state.kind === 'failed' ? t('visitor.again') : t('visitor.call')}
            </span>
            <p className={styles.note}>{t('visitor.microphone')}</p>
          </form>
        )}
      </main>
    </div>
  );
}

function StateLine({ state }: { readonly state: VisitorState }) {
  const { t } = useTranslation();
  const running = useSyncExternalStore(onTick, () =>
    state.kind === 'connected' ? clock(Date.now() - state.sinceMs) : '',
  );
  return (
    <div className={styles.state} data-testid="visitor-state" data-state={state.kind} role="status">
      <span className={styles.word}>
        <span className={styles.dot} aria-hidden="true" />
        {t(`visitor.state.${state.kind}`)}
      </span>
      {state.kind === 'connected' ? (
        <span className={styles.time} aria-hidden="true">
          {running}
        </span>
      ) : null}
      {state.kind === 'ended' ? (
        <span className={styles.after}>{t('visitor.lasted', { time: clock(state.lastedMs) })}</span>
      ) : null}
      {state.kind === 'failed' ? <span className={styles.after}>{t(`visitor.fault.${state.why}`)}</span> : null}
    </div>
  );
}
