import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { conversations } from '@/api/conversations';
import { desk } from '@/api/desk';
import type { Customer } from '@/api/types';
import { speak } from '@/i18n';
import { can } from '@/live/can';
import { looksLikeNumber, readableNumber } from '@/lib/phone';
import { useFormat } from '@/parts/format';
import { useMeState } from '@/parts/live';
import { setTheme, themeStore } from '@/parts/preferences';
import { useMay, useSession } from '@/parts/session';
import { useAction } from '@/parts/useAction';
import { paths } from '@/paths';
import type { IconName } from '@/ui/icons';
import { NAV } from './nav';
import { plain, settingsFound } from './settingsFound';

export interface Entry {
  readonly id: string;
  readonly group: 'actions' | 'pages' | 'customers' | 'conversations';
  readonly icon: IconName;
  readonly label: string;
  readonly detail?: string;
  run(): void;
}

const RECENT_SHOWN = 5;

/** Everything the palette can open or do, narrowed by what is typed. */
export function usePaletteEntries(typed: string, found: readonly Customer[]): readonly Entry[] {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const go = (path: string) => () => void navigate(path);
  const { permissions } = useSession().me;
  const actions = useActions();
  const recent = useRecent();
  const mayWrite = useMay('customers.write');
  const pages: Entry[] = NAV.filter((item) => permissions.includes(item.permission)).map((item) => ({
    id: item.name,
    group: 'pages',
    icon: item.icon,
    label: t(`frame.nav.${item.name}`),
    run: go(item.path),
  }));
  const title = t('frame.nav.settings');
  const settings: Entry[] = settingsFound(typed, i18n.language, permissions).map(({ name, label, path }) => ({
    id: `settings-${name}`,
    group: 'pages',
    icon: 'settings',
    label,
    detail: title,
    run: go(path),
  }));
  const people: Entry[] = found.map((one) => ({
    id: one.id,
    group: 'customers',
    icon: 'customers',
    label: one.name,
    detail: one.numbers[0] === undefined ? '' : readableNumber(one.numbers[0].number),
    run: go(paths.customer(one.id)),
  }));
  const fresh: Entry[] =
    mayWrite && found.length === 0 && looksLikeNumber(typed)
      ? [
          {
            id: 'new-customer',
            group: 'actions',
            icon: 'plus',
            label: t('frame.palette.new_customer', { text: typed }),
            run: go(paths.newCustomer(typed)),
          },
        ]
      : [];
  const match = ({ label, detail }: Entry): boolean => plain(`${label} ${detail ?? ''}`).includes(plain(typed));
  return [...people, ...[...actions, ...pages].filter(match), ...settings, ...fresh, ...recent.filter(match)];
}

function useActions(): Entry[] {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const me = useMeState();
  const { run } = useAction();
  const dark = themeStore.get() === 'dark';
  const actions: Entry[] = [];
  const add = (id: string, icon: IconName, label: string, work: () => void): void => {
    actions.push({ id, group: 'actions', icon, label, run: work });
  };
  if (me !== null && can.ready(me) === 'yes')
    add('ready', 'check', t('desk.agent.ready'), () => run(() => session.goReady()));
  if (me !== null && me.agent.presence === 'ready')
    add('not-ready', 'hold', t('desk.agent.not_ready'), () => run(() => desk.setState('not_ready')));
  if (me !== null && can.signOut(me) === 'yes')
    add('sign-out', 'out', t('desk.agent.sign_out'), () => run(() => desk.setState('signed_out')));
  add('theme', dark ? 'sun' : 'moon', dark ? t('frame.theme.to_light') : t('frame.theme.to_dark'), () =>
    setTheme(dark ? 'light' : 'dark'),
  );
  add('language', 'note', t('frame.language.switch'), () => void speak(i18n.language === 'zh' ? 'en' : 'zh'));
  return actions;
}

function useRecent(): Entry[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const format = useFormat();
  const { clock } = useSession();
  const { data } = useQuery({
    queryKey: ['conversations', 'palette'],
    queryFn: () => conversations.list({}, undefined, RECENT_SHOWN),
    enabled: useMay('conversations.read'),
  });
  return (data?.items ?? []).map((one) => ({
    id: one.id,
    group: 'conversations',
    icon: 'conversations',
    label: one.customer?.name ?? (one.from == null ? t('common.withheld') : readableNumber(one.from)),
    detail: format.when(one.started_at_us, clock.nowUs()),
    run: () => void navigate(paths.conversation(one.id)),
  }));
}
