import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUs from 'antd/es/locale/en_US';
import zhCn from 'antd/es/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { SignInPage } from './features/sign-in/SignInPage';
import { Boot } from './frame/Boot';
import { boot, gate, signedIn } from './frame/gate';
import { startWords } from './i18n';
import { themeStore } from './parts/preferences';
import { queryClient } from './parts/query';
import { SessionContext } from './parts/session';
import { useStore } from './parts/live';
import { router } from './routes';
import { themeOf } from './ui/theme';

function Site() {
  const { i18n } = useTranslation();
  const theme = useStore(themeStore);
  return (
    <ConfigProvider
      theme={themeOf(theme)}
      locale={i18n.language === 'zh' ? zhCn : enUs}
      button={{ autoInsertSpace: false }}
    >
      <QueryClientProvider client={queryClient}>
        <Gated />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

function Gated() {
  const state = useStore(gate);
  switch (state.kind) {
    case 'asking':
      return <Boot failed={null} onRetry={boot} />;
    case 'failed':
      return <Boot failed={state.code} onRetry={boot} />;
    case 'out':
      return <SignInPage ended={state.ended} onSignedIn={signedIn} />;
    case 'in':
      return (
        <SessionContext value={state.live}>
          <RouterProvider router={router} />
        </SessionContext>
      );
  }
}

export async function startApp(root: HTMLElement): Promise<void> {
  boot();
  await startWords(async (tongue) =>
    tongue === 'zh' ? (await import('./i18n/zh')).words : (await import('./i18n/en')).words,
  );
  createRoot(root).render(
    <StrictMode>
      <Site />
    </StrictMode>,
  );
}
