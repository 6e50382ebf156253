import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { Handling, Party } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { Elapsed } from '@/parts/Times';
import { useAction } from '@/parts/useAction';
import { Icon } from '@/ui/icons';
import styles from './Parties.module.css';

/** Who else is in the talk, and what whoever leads can do about each; above it, supervisors the agent may know of. */
export function Parties({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const { parties = [], supervised_by = [] } = handling;
  return (
    <section className={styles.row} aria-label={t('desk.call.others')} data-testid="parties">
      {supervised_by.map(({ name, mode, since_us }) => (
        <span key={`${name} ${mode}`} className={styles.supervisor} data-testid="supervised-by" data-mode={mode}>
          <Icon name="agent" size={14} />
          {t(`desk.supervised.${mode}`, { name })}
          <Elapsed sinceUs={since_us} />
        </span>
      ))}
      {parties.length === 0 ? null : (
        <ul className={styles.parties} aria-label={t('desk.conference.title')}>
          {parties.map((party) => (
            <OneParty key={party.id} handlingId={handling.id} party={party} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OneParty({ handlingId, party }: { readonly handlingId: string; readonly party: Party }) {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const { id, state } = party;
  const name = party.name ?? readableNumber(party.number ?? t('desk.transfer.kind.number'));
  const muted = state === 'muted';
  const mute = t(muted ? 'desk.conference.unmute' : 'desk.conference.mute', { name });
  const drop = t('desk.conference.drop', { name });
  return (
    <li className={styles.party} data-state={state} data-testid="party">
      <Icon name={party.kind === 'outside' ? 'phone' : 'agent'} size={14} />
      <span className={styles.name} title={`${name} · ${t(`desk.conference.state.${state}`)}`}>
        {party.leads ? t('desk.conference.leads', { name }) : name}
      </span>
      {state === 'talking' ? null : <span className={styles.state}>{t(`desk.conference.state.${state}`)}</span>}
      {party.may_mute ? (
        <Button
          size="small"
          type="text"
          icon={<Icon name={muted ? 'mic_off' : 'mic'} size={14} />}
          aria-label={mute}
          title={mute}
          aria-pressed={muted}
          danger={muted}
          disabled={busy}
          onClick={() => run(() => (muted ? desk.unmuteParty(handlingId, id) : desk.muteParty(handlingId, id)))}
          data-testid="party-mute"
        />
      ) : null}
      {party.may_drop ? (
        <Button
          size="small"
          type="text"
          danger
          icon={<Icon name="close" size={14} />}
          aria-label={drop}
          title={drop}
          disabled={busy}
          onClick={() => run(() => desk.dropParty(handlingId, id))}
          data-testid="party-drop"
        />
      ) : null}
    </li>
  );
}
