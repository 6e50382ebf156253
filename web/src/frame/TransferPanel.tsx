import { Button, Checkbox, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handling } from '@/api/types';
import { inConference } from '@/live/can';
import { Hint } from '@/parts/Hint';
import { QueryView } from '@/parts/QueryView';
import { Icon } from '@/ui/icons';
import { canBeAsked } from './transfer';
import styles from './Transfer.module.css';
import { TransferReasons } from './TransferReasons';
import { TransferTargetList } from './TransferTargetList';
import { useTransferChoice } from './useTransferChoice';

interface TransferPanelProps {
  readonly handling: Handling;
  onDone(): void;
}

/** To whom, or where, and why. */
export function TransferPanel({ handling, onDone }: TransferPanelProps) {
  const { t } = useTranslation();
  const listId = useId();
  const isConference = inConference(handling);
  const choice = useTransferChoice(handling.id, isConference, onDone);
  const { shown, active, chosen } = choice;
  const typed = choice.typed.trim();
  const mayAsk = chosen !== undefined && canBeAsked(chosen);
  return (
    <div className={styles.panel} role="dialog" aria-label={t('desk.transfer.title')} data-testid="transfer-panel">
      <Input
        value={choice.typed}
        // The panel was opened to type into this.
        data-first
        maxLength={64}
        prefix={<Icon name="search" size={16} />}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={shown.length > 0 ? listId : undefined}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${active.id}`}
        aria-label={t('desk.transfer.search')}
        placeholder={t('desk.transfer.search')}
        data-testid="transfer-search"
        onChange={(event) => choice.type(event.target.value)}
        onKeyDown={choice.onKey}
      />
      <TransferReasons chosen={choice.reason} onChoose={choice.setReason} />
      <QueryView query={choice.query} rows={6}>
        {() =>
          shown.length === 0 ? (
            <p className={styles.empty}>{t('desk.transfer.not_found', { text: typed })}</p>
          ) : (
            <TransferTargetList id={listId} shown={shown} active={active} chosen={chosen} onChoose={choice.choose} />
          )
        }
      </QueryView>
      {chosen?.kind === 'flow' && !isConference ? (
        <Checkbox
          checked={choice.comeBack}
          onChange={(event) => choice.setComeBack(event.target.checked)}
          title={t('desk.transfer.come_back_hint')}
          data-testid="transfer-come-back"
        >
          {t('desk.transfer.come_back')}
        </Checkbox>
      ) : null}
      <div className={styles.confirm}>
        <Hint text={t(chosen === undefined || mayAsk ? 'desk.consult.hint' : 'desk.consult.only_people')}>
          <Button
            loading={choice.busy}
            disabled={!mayAsk}
            icon={<Icon name="agent" size={16} />}
            onClick={choice.consult}
            data-testid="consult-confirm"
          >
            {t('desk.consult.open')}
          </Button>
        </Hint>
        <Hint text={t('desk.conference.hint')}>
          <Button
            type={isConference ? 'primary' : 'default'}
            loading={choice.busy}
            disabled={!mayAsk}
            icon={<Icon name="join" size={16} />}
            onClick={choice.add}
            data-testid="party-add"
          >
            {t('desk.conference.add')}
          </Button>
        </Hint>
        {isConference ? null : (
          <Button
            type="primary"
            className={styles.confirmTransfer}
            loading={choice.busy}
            disabled={chosen === undefined}
            icon={<Icon name={chosen?.kind === 'park' ? 'park' : 'transfer'} size={16} />}
            onClick={choice.transfer}
            data-testid="transfer-confirm"
          >
            {chosen === undefined
              ? t('desk.transfer.confirm')
              : chosen.kind === 'park'
                ? t('desk.park.confirm')
                : t('desk.transfer.confirm_to', { name: chosen.name })}
          </Button>
        )}
      </div>
      <p className={styles.keys}>{t(isConference ? 'desk.conference.keys' : 'desk.transfer.keys')}</p>
    </div>
  );
}
