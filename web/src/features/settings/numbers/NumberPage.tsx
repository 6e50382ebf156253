import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { settings } from '@/api/settings';
import { readableNumber } from '@/lib/phone';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Section } from '../Section';
import { useFlows } from '../useFlows';
import { NumberForm } from './NumberForm';
import { NumberRemove } from './NumberRemove';

/** One number, or a new one. */
export function NumberPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const mayWrite = useMay('settings.write');
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: settings.numbers });
  const flows = useFlows();
  const list = (): void => void navigate(paths.settingsNumbers);
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const back = (
    <BackLink to={paths.settingsNumbers} label={t('settings.back_to', { section: t('settings.sections.numbers') })} />
  );
  return (
    <QueryView query={flows} rows={4} rowHeight={48}>
      {({ items: drawn }) => {
        const form = { flows: drawn, language, readOnly: !mayWrite, onDone: list } as const;
        if (id === 'new') {
          return (
            <Section title={t('numbers.new')} before={back} readOnly={!mayWrite}>
              <NumberForm number={null} {...form} />
            </Section>
          );
        }
        return (
          <QueryView query={numbers} rows={4} rowHeight={48}>
            {({ items }) => {
              const number = items.find((one) => one.id === id);
              if (number === undefined) return <Blank title={t('errors.not_found')} action={back} />;
              return (
                <Section title={readableNumber(number.number)} before={back} readOnly={!mayWrite}>
                  <NumberForm key={number.id} number={number} {...form} />
                  {mayWrite ? <NumberRemove number={number} onRemoved={list} /> : null}
                </Section>
              );
            }}
          </QueryView>
        );
      }}
    </QueryView>
  );
}
