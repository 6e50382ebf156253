import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { settings } from '@/api/settings';
import type { Agent } from '@/api/types';
import { BackLink } from '@/parts/BackLink';
import { useFormat } from '@/parts/format';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useAgents } from '@/parts/settings';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Notice } from '@/ui/Notice';
import { AgentForm } from './AgentForm';
import { AgentMobiles } from './AgentMobiles';
import { Section } from './Section';

export function AgentPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const mayWrite = useMay('settings.write');
  const query = useAgents();
  const back = (
    <BackLink to={paths.settingsAgents} label={t('settings.back_to', { section: t('settings.sections.agents') })} />
  );
  if (id === 'new') {
    return (
      <Section title={t('settings.agent.new')} before={back}>
        <AgentForm agent={null} readOnly={!mayWrite} />
      </Section>
    );
  }
  return (
    <QueryView query={query} rows={6} rowHeight={48}>
      {({ items }) => {
        const agent = items.find((one) => one.id === id);
        if (agent === undefined) return <Blank title={t('errors.not_found')} action={back} />;
        return (
          <Section title={agent.name} before={back} readOnly={!mayWrite}>
            <Lock agent={agent} />
            <AgentForm key={agent.id} agent={agent} readOnly={!mayWrite} />
            <AgentMobiles key={`${agent.id} numbers`} agent={agent} />
          </Section>
        );
      }}
    </QueryView>
  );
}

/** That wrong passwords locked the account, and the way to let its owner in again. */
function Lock({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cache = useQueryClient();
  const action = useAction();
  const mayUnlock = useMay('users.write');
  if (agent.locked_until_at_us == null) return null;
  const unlock = async (): Promise<void> => {
    await settings.unlockAgent(agent.id);
    await cache.invalidateQueries({ queryKey: ['agents'] });
    toast.good(t('settings.agent.unlocked'));
  };
  const button = (
    <Button size="small" loading={action.busy} onClick={() => action.run(unlock)} data-testid="agent-unlock">
      {t('settings.agent.unlock')}
    </Button>
  );
  return (
    <div style={{ maxWidth: 680, marginBottom: 12 }}>
      <Notice tone="warn" action={mayUnlock ? button : undefined}>
        {t('settings.agent.locked', { at: format.timeShort(agent.locked_until_at_us) })}
      </Notice>
    </div>
  );
}
