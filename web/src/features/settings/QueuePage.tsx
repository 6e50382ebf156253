import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useQueues } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { QueueForm } from './QueueForm';
import { Section } from './Section';

export function QueuePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const mayWrite = useMay('settings.write');
  const query = useQueues();
  const back = (
    <BackLink to={paths.settingsQueues} label={t('settings.back_to', { section: t('settings.sections.queues') })} />
  );
  if (id === 'new') {
    return (
      <Section title={t('settings.queue.new')} before={back}>
        <QueueForm queue={null} readOnly={!mayWrite} />
      </Section>
    );
  }
  return (
    <QueryView query={query} rows={6} rowHeight={48}>
      {({ items }) => {
        const queue = items.find((one) => one.id === id);
        if (queue === undefined) return <Blank title={t('errors.not_found')} action={back} />;
        return (
          <Section title={queue.name} before={back} readOnly={!mayWrite}>
            <QueueForm key={queue.id} queue={queue} readOnly={!mayWrite} />
          </Section>
        );
      }}
    </QueryView>
  );
}
