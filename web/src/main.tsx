import './ui/tokens.css';
import { firstTongue } from './lib/tongue';
import { startTheme } from './parts/preferences';

startTheme();
if (import.meta.env.MODE === 'mock') {
  const { install } = await import('../mock/install');
  install();
}

const root = document.getElementById('root');
if (root !== null) {
  // The visitor page stands by itself: it loads neither the desk nor its controls.
  if (location.pathname.startsWith('/visitor')) {
    const { startVisitor } = await import('./features/visitor/start');
    await startVisitor(root);
  } else {
    // Words and code travel together: a reload in mid-call has no time to lose.
    const words = firstTongue() === 'zh' ? import('./i18n/zh') : import('./i18n/en');
    const [{ startApp }] = await Promise.all([import('./app'), words]);
    await startApp(root);
  }
}
