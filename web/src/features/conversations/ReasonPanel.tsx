import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/Field';
import styles from './Keeping.module.css';

const REASON_MAX = 500;

interface ReasonPanelProps {
  readonly title: string;
  readonly body: string;
  readonly example: string;
  readonly button: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly testId: string;
  readonly children?: ReactNode;
  onReason(reason: string): void;
}

/** Asks why something is done to recordings; the answer stands in the audit trail. */
export function ReasonPanel({ title, body, example, button, danger = false, busy, testId, ...rest }: ReasonPanelProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const said = reason.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (said !== '') rest.onReason(said);
  };
  return (
    <div role="dialog" aria-label={title} data-testid={`${testId}-panel`}>
      <form className={styles.ask} onSubmit={submit}>
        <p className={styles.title}>{title}</p>
        <p className={styles.quiet}>{body}</p>
        {rest.children}
        <Field label={t('conversations.keep.reason')} hint={t('conversations.keep.reason_hint')}>
          <Input.TextArea
            data-first
            value={reason}
            required
            maxLength={REASON_MAX}
            autoSize={{ minRows: 2, maxRows: 6 }}
            placeholder={example}
            onChange={(event) => setReason(event.target.value)}
            data-testid={`${testId}-reason`}
          />
        </Field>
        <Button
          type="primary"
          danger={danger}
          htmlType="submit"
          disabled={said === ''}
          loading={busy}
          data-testid={`${testId}-go`}
        >
          {button}
        </Button>
      </form>
    </div>
  );
}
