import { useCallback } from 'react';
import { clock, countdown } from '@/lib/duration';
import { useFormat } from './format';
import { useTicking } from './live';

/** Time since an instant, ticking, from the server's clock. */
export function Elapsed({ sinceUs, testId }: { readonly sinceUs: number; readonly testId?: string }) {
  const { exact } = useFormat();
  const text = useTicking(useCallback((nowUs) => clock((nowUs - sinceUs) / 1000), [sinceUs]));
  // Zero is the server's way of saying never.
  if (sinceUs <= 0) return null;
  return (
    <time title={exact(sinceUs)} data-testid={testId}>
      {text}
    </time>
  );
}

/** Time left until an instant, ticking, never below zero. */
export function Countdown({ untilUs }: { readonly untilUs: number }) {
  const { exact } = useFormat();
  const text = useTicking(useCallback((nowUs) => countdown((untilUs - nowUs) / 1000), [untilUs]));
  return <time title={exact(untilUs)}>{text}</time>;
}

/** An instant; today's as time only. Hovering shows it exactly. */
export function Moment({
  atUs,
  form = 'when',
}: {
  readonly atUs: number;
  readonly form?: 'when' | 'time' | 'short' | 'ago';
}) {
  const format = useFormat();
  const text = useTicking(
    useCallback(
      (nowUs) => {
        if (form === 'time') return format.time(atUs);
        if (form === 'short') return format.timeShort(atUs);
        return form === 'ago' ? format.ago(atUs) : format.when(atUs, nowUs);
      },
      [atUs, form, format],
    ),
  );
  return <time title={format.exact(atUs)}>{text}</time>;
}
