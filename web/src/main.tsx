import './ui/tokens.css';
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
    const { startApp } = await import('./app');
    await startApp(root);
  }
}
