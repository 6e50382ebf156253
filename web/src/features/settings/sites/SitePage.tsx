import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Section } from '../Section';
import { useSites } from '@/parts/useSites';
import { SiteForm } from './SiteForm';
import { SiteRemove } from './SiteRemove';

export function SitePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const query = useSites();
  const list = (): void => void navigate(paths.settingsSites);
  const back = (
    <BackLink to={paths.settingsSites} label={t('settings.back_to', { section: t('settings.sections.sites') })} />
  );
  if (id === 'new') {
    return (
      <Section title={t('sites.new')} before={back}>
        <SiteForm site={null} readOnly={!mayWrite} onDone={list} />
      </Section>
    );
  }
  return (
    <QueryView query={query} rows={6} rowHeight={48}>
      {({ items }) => {
        const site = items.find((one) => one.id === id);
        if (site === undefined) return <Blank title={t('errors.not_found')} action={back} />;
        return (
          <Section title={site.name} before={back} readOnly={!mayWrite}>
            <SiteForm key={site.id} site={site} readOnly={!mayWrite} onDone={list} />
            {mayWrite ? <SiteRemove site={site} onRemoved={list} /> : null}
          </Section>
        );
      }}
    </QueryView>
  );
}
