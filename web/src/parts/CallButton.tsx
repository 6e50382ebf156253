import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import { can } from '@/live/can';
import { readableNumber } from '@/lib/phone';
import { Icon } from '@/ui/icons';
import { Hint } from './Hint';
import { useMeState } from './live';
import { useMay } from './session';
import { useAction } from './useAction';

interface CallButtonProps {
  readonly number: string;
  /** The word on the button; only the icon without one. */
  readonly word?: string;
  /** The task it is for. */
  readonly taskId?: string;
  readonly size?: 'small' | 'middle';
  readonly testId?: string;
}

/** Calls this number; says why not when it cannot be. Masked numbers have no button. */
export function CallButton({ number, word, taskId, size = 'small', testId = 'call-number' }: CallButtonProps) {
  const { t } = useTranslation();
  const me = useMeState();
  const mayCall = useMay('desk.use');
  const { busy, run } = useAction();
  if (!mayCall || me === null || number === '' || number.includes('*')) return null;
  const verdict = can.dial(me);
  const text = t('dial.calling', { number: readableNumber(number) });
  return (
    <Hint text={verdict === 'yes' ? text : t(`desk.agent.verdict.${verdict}`)}>
      <Button
        size={size}
        type={word === undefined ? 'text' : 'default'}
        aria-label={word === undefined ? text : `${word} ${readableNumber(number)}`}
        loading={busy}
        disabled={verdict !== 'yes'}
        icon={<Icon name="phone" size={14} />}
        onClick={() => run(() => desk.dial(number, taskId))}
        data-testid={testId}
      >
        {word}
      </Button>
    </Hint>
  );
}
