import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from '@/i18n';
import { VisitorPage } from './VisitorPage';

/** Starts the visitor page by itself, with its own few words. */
export async function startVisitor(root: HTMLElement): Promise<void> {
  await startWords(async (tongue) =>
    tongue === 'zh' ? (await import('@/i18n/zh/visitor-page')).words : (await import('@/i18n/en/visitor-page')).words,
  );
  createRoot(root).render(
    <StrictMode>
      <VisitorPage />
    </StrictMode>,
  );
}
