import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import { Hint } from './Hint';
import { useStore } from './live';
import { setTheme, themeStore } from './preferences';

export function ThemeSwitch() {
  const { t } = useTranslation();
  const dark = useStore(themeStore) === 'dark';
  const text = dark ? t('frame.theme.to_light') : t('frame.theme.to_dark');
  return (
    <Hint text={text}>
      <IconButton
        icon={dark ? 'sun' : 'moon'}
        label={text}
        data-testid="theme-switch"
        onClick={() => setTheme(dark ? 'light' : 'dark')}
      />
    </Hint>
  );
}
