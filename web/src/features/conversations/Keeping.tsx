import { useTranslation } from 'react-i18next';
import type { Recording } from '@/api/types';
import { Moment } from '@/parts/Times';
import { Icon } from '@/ui/icons';
import { DownloadControl } from './DownloadControl';
import { EraseControl } from './EraseControl';
import { HoldControl } from './HoldControl';
import styles from './Keeping.module.css';
import { useErasedWords } from './useErasedWords';

interface KeepingProps {
  readonly recording: Recording;
  /** Whether a supervisor's voice is played, and goes into a download. */
  readonly supervisor: boolean;
}

/** For how long a recording is kept, who holds it, and what may be done about that. */
export function Keeping({ recording, supervisor }: KeepingProps) {
  const { t } = useTranslation();
  const { hold, expires_at_us: expires } = recording;
  const sealed = recording.state === 'sealed';
  const mayHold = recording.may_hold;
  const mayErase = recording.may_erase && recording.state !== 'live';
  const mayDownload = recording.may_download && sealed;
  if (hold == null && expires == null && !mayHold && !mayErase && !mayDownload) return null;
  return (
    <div className={styles.keeping} data-testid="recording-keeping">
      <div className={styles.said}>
        {hold == null ? null : (
          <p className={styles.hold} data-testid="recording-held">
            <Icon name="lock" size={14} />
            <span>
              <strong>{t('conversations.keep.held')}</strong>
              <span className={styles.quiet}>
                {t('conversations.keep.held_by', { name: hold.by.name })} · <Moment atUs={hold.at_us} />
              </span>
              <span className={styles.reason}>{hold.reason}</span>
            </span>
          </p>
        )}
        {hold != null || expires == null ? null : (
          <p className={styles.quiet} data-testid="recording-expires">
            {t('conversations.keep.expires')} <Moment atUs={expires} />
          </p>
        )}
        {hold == null && expires == null && recording.state !== 'live' ? (
          <p className={styles.quiet}>{t('conversations.keep.for_ever')}</p>
        ) : null}
      </div>
      <div className={styles.buttons}>
        {mayDownload ? <DownloadControl recording={recording} supervisor={supervisor} /> : null}
        {mayHold ? <HoldControl recording={recording} /> : null}
        {mayErase ? <EraseControl recording={recording} /> : null}
      </div>
    </div>
  );
}

/** What is left of a recording that was erased: when, why, by whom. */
export function Erased({ recording }: { readonly recording: Recording }) {
  const { t } = useTranslation();
  const words = useErasedWords();
  const { erased } = recording;
  return (
    <div className={styles.erased} data-testid="recording-erased" data-cause={erased?.cause}>
      <Icon name="close" size={16} />
      <div>
        <strong>{t('conversations.keep.erased')}</strong>
        {erased == null ? null : (
          <p>
            {words(erased)} · <Moment atUs={erased.at_us} />
          </p>
        )}
        {erased?.reason == null ? null : (
          <p className={styles.reason}>{t('conversations.keep.because', { reason: erased.reason })}</p>
        )}
        <p className={styles.quiet}>{t('conversations.keep.erased_body')}</p>
      </div>
    </div>
  );
}
