import type { SiteRow } from '@/api/sites';
import type { TrunkRow } from '@/api/types';

export interface LineFigure {
  readonly name: 'in' | 'out' | 'total';
  readonly used: number;
  /** None where as many may be as there are. */
  readonly cap: number | null;
  readonly full: boolean;
}

export interface Line {
  readonly state: 'up' | 'down' | 'unregistered' | 'unknown';
  /** Since when it is so, where that is worth a clock. */
  readonly sinceUs: number | null;
  readonly figures: readonly LineFigure[];
}

/** What is shown of a trunk. Both directions together stand there only where together they have a cap. */
export function lineOf({ channels_in, channels_out, cap, ...standing }: TrunkRow): Line {
  const figure = (name: LineFigure['name'], used: number, most: number | null | undefined): LineFigure => ({
    name,
    used,
    cap: most ?? null,
    full: most != null && used >= most,
  });
  return {
    ...stateOf(standing),
    figures: [
      figure('in', channels_in, cap.inbound),
      figure('out', channels_out, cap.outbound),
      ...(cap.total == null ? [] : [figure('total', channels_in + channels_out, cap.total)]),
    ],
  };
}

type Standing = Pick<TrunkRow, 'working' | 'since' | 'registration' | 'registration_since'>;

/** A carrier that is down has lost our registration as well; one that refused it may be called all the same. */
function stateOf({ working, since, registration, registration_since }: Standing): Pick<Line, 'state' | 'sinceUs'> {
  if (working === false) return { state: 'down', sinceUs: since };
  if (registration === 'refused' || registration === 'unreachable') {
    return { state: 'unregistered', sinceUs: registration_since };
  }
  return { state: working === true || registration === 'registered' ? 'up' : 'unknown', sinceUs: null };
}

const LINK_ORDER = { down: 0, up: 1, none: 1 } as const;

/** Sites whose line is lost come first, the longest lost before the others; else they keep their order. */
export const sitesByNeed = (sites: readonly SiteRow[]): readonly SiteRow[] =>
  [...sites].sort(
    (a, b) =>
      LINK_ORDER[a.link] - LINK_ORDER[b.link] ||
      (a.link === 'down' && b.link === 'down' ? (a.since_at_us ?? 0) - (b.since_at_us ?? 0) : 0),
  );
