import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FailureCode, failureCode } from '@/api/problem';
import { session } from '@/api/session';
import type { Me } from '@/api/types';
import { LanguageSwitch } from '@/parts/LanguageSwitch';
import { ThemeSwitch } from '@/parts/ThemeSwitch';
import { Mark } from '@/ui/Mark';
import { Notice } from '@/ui/Notice';
import styles from './SignInPage.module.css';

interface SignInPageProps {
  /** The session was over, unasked. */
  readonly ended: boolean;
  onSignedIn(me: Me): void;
}

export function SignInPage({ ended, onSignedIn }: SignInPageProps) {
  const { t } = useTranslation();
  const id = useId();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureCode | null>(null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    session.signIn(username.trim(), password).then(onSignedIn, (error: unknown) => {
      setFailure(failureCode(error));
      setBusy(false);
    });
  };

  return (
    <div className={styles.page}>
      <div className={styles.corner}>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <main className={styles.main}>
        <div className={styles.brand}>
          <Mark size={40} />
          <div>
            <h1 className={styles.name}>{t('frame.product')}</h1>
            <p className={styles.lead}>{t('signIn.lead')}</p>
          </div>
        </div>
        <form className={styles.form} onSubmit={submit} aria-label={t('signIn.title')}>
          {failure === null && ended ? <Notice tone="warn">{t('signIn.ended')}</Notice> : null}
          {failure === null ? null : (
            <Notice tone="alarm" urgent>
              {t(`errors.${failure}`)}
            </Notice>
          )}
          <label className={styles.label} htmlFor={`${id}-username`}>
            {t('signIn.username')}
          </label>
          <Input
            id={`${id}-username`}
            data-testid="sign-in-username"
            size="large"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
          <label className={styles.label} htmlFor={`${id}-password`}>
            {t('signIn.password')}
          </label>
          <Input
            id={`${id}-password`}
            data-testid="sign-in-password"
            size="large"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button
            className={styles.submit}
            type="primary"
            size="large"
            htmlType="submit"
            block
            loading={busy}
            data-testid="sign-in-submit"
          >
            {t('signIn.submit')}
          </Button>
        </form>
      </main>
    </div>
  );
}
