import { useTranslation } from 'react-i18next';
import { speak } from '@/i18n';
import { IconButton } from '@/ui/IconButton';
import { Hint } from './Hint';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const next = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <Hint text={t('frame.language.switch')}>
      <IconButton
        label={`${t(`frame.language.${next}`)} ${t('frame.language.switch')}`}
        data-testid="language-switch"
        onClick={() => void speak(next)}
      >
        {t(`frame.language.${next}`)}
      </IconButton>
    </Hint>
  );
}
