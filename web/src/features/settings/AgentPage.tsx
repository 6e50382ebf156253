import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useAgents } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { AgentForm } from './AgentForm';
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
            <AgentForm key={agent.version} agent={agent} readOnly={!mayWrite} />
          </Section>
        );
      }}
    </QueryView>
  );
}
