import type { ReactNode } from 'react';

const PATHS = {
  desk: (
    <>
      <path d="M3 12.5v-1a7 7 0 0 1 14 0v1" />
      <path d="M3 12.5h2.5v4H4a1 1 0 0 1-1-1zM17 12.5h-2.5v4H16a1 1 0 0 0 1-1z" />
    </>
  ),
  conversations: (
    <>
      <path d="M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5z" />
      <path d="M6.5 8h7M6.5 10.5h4.5" />
    </>
  ),
  tasks: (
    <>
      <circle cx="5.500" cy="11" r="3" />
      <circle cx="14.500" cy="11" r="3" />
      <path d="M5.500 14h9" />
    </>
  ),
  customers: (
    <>
      <circle cx="10" cy="7" r="3" />
      <path d="M4 16.5c.6-3 2.9-4.5 6-4.5s5.400 1.500 6 4.500" />
    </>
  ),
  floor: <path d="M3.500 16.500v-6h3.500v6M8.250 16.500v-12h3.500v12M13 16.500v-8.500h3.500v8.500M2.500 16.500h15" />,
  settings: (
    <>
      <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
      <circle cx="13" cy="6" r="2" />
      <circle cx="7" cy="14" r="2" />
    </>
  ),
  search: (
    <>
      <circle cx="9" cy="9" r="5" />
      <path d="m13 13 3.500 3.500" />
    </>
  ),
  sun: (
    <>
      <circle cx="10" cy="10" r="3.200" />
      <path d="M10 2.500v2M10 15.500v2M2.500 10h2M15.500 10h2M4.700 4.700l1.400 1.400M13.900 13.900l1.400 1.400M15.300 4.700l-1.400 1.400M6.100 13.900l-1.400 1.400" />
    </>
  ),
  moon: <path d="M16 11.500A6.500 6.500 0 0 1 8.500 4a6.500 6.500 0 1 0 7.500 7.500z" />,
  menu: <path d="M3 5.500h14M3 10h14M3 14.500h14" />,
  phone: (
    <path d="M5 3.500 7.500 3l1.500 3.500-1.700 1.300a9 9 0 0 0 4.900 4.900l1.300-1.700L17 12.500l-.5 2.500a1.500 1.500 0 0 1-1.600 1.200C8.900 15.700 4.300 11.100 3.800 5.100A1.500 1.500 0 0 1 5 3.500z" />
  ),
  dial: (
    <>
      <circle cx="4.5" cy="4.5" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="10" cy="4.5" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="15.5" cy="4.5" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="4.5" cy="10" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="10" cy="10" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="15.5" cy="10" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="4.5" cy="15.5" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="10" cy="15.5" r="1.3" fill="currentColor" stroke="none" />
      <circle cx="15.5" cy="15.5" r="1.3" fill="currentColor" stroke="none" />
    </>
  ),
  hang_up: (
    <path d="M2.500 11.500c0-2 3.500-4 7.500-4s7.500 2 7.500 4v1.200a.8.8 0 0 1-1 .8l-3-.8a.8.8 0 0 1-.6-.8v-1.500a11 11 0 0 0-5.800 0v1.500c0 .4-.2.7-.6.8l-3 .8a.8.8 0 0 1-1-.8z" />
  ),
  mic: (
    <>
      <rect x="7.500" y="2.500" width="5" height="9" rx="2.500" />
      <path d="M4.500 9.500a5.500 5.500 0 0 0 11 0M10 15v2.500" />
    </>
  ),
  mic_off: (
    <>
      <path d="M7.500 7v2a2.500 2.500 0 0 0 4.200 1.800M12.500 8.500V5a2.500 2.500 0 0 0-4.700-1.200M4.500 9.500a5.500 5.500 0 0 0 8.600 4.500M15.500 9.500c0 .800-.200 1.600-.500 2.300M10 15v2.500" />
      <path d="m3 3 14 14" />
    </>
  ),
  hold: <path d="M7 4.500v11M13 4.500v11" />,
  resume: <path d="m6.500 4 9 6-9 6z" />,
  transfer: <path d="M3.500 15v-2.500A5 5 0 0 1 8.500 7.500H16M12.500 4 16 7.500 12.500 11" />,
  park: (
    <>
      <rect x="3.500" y="3.500" width="13" height="13" rx="3" />
      <path d="M8 13.500v-7h2.600a2.200 2.200 0 0 1 0 4.400H8" />
    </>
  ),
  more: (
    <>
      <circle cx="10" cy="4.500" r="1.300" fill="currentColor" stroke="none" />
      <circle cx="10" cy="10" r="1.300" fill="currentColor" stroke="none" />
      <circle cx="10" cy="15.500" r="1.300" fill="currentColor" stroke="none" />
    </>
  ),
  agent: (
    <>
      <circle cx="10" cy="7" r="3.200" />
      <path d="M4 16.500a6 6 0 0 1 12 0" />
    </>
  ),
  listen: <path d="M3.500 12.500v-2a6.500 6.500 0 0 1 13 0v2M3.500 12v3.500H6v-5H3.500M16.500 12v3.500H14v-5h2.500" />,
  join: (
    <>
      <circle cx="10" cy="5" r="2.200" />
      <circle cx="4.700" cy="14.500" r="2.200" />
      <circle cx="15.300" cy="14.500" r="2.200" />
      <path d="M8.900 7 6 12.500M11.100 7l2.900 5.500M7 14.500h6" />
    </>
  ),
  check: <path d="m4 10.500 4 4 8-9" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  chevron: <path d="m6 8 4 4 4-4" />,
  right: <path d="m8 5 5 5-5 5" />,
  left: <path d="m12 5-5 5 5 5" />,
  plus: <path d="M10 4v12M4 10h12" />,
  edit: <path d="M4 16l.8-3.200L13 4.500l2.500 2.500-8.300 8.300zM11.500 6l2.500 2.500" />,
  flow: (
    <>
      <circle cx="5" cy="5" r="2" />
      <circle cx="15" cy="15" r="2" />
      <path d="M5 7v4a2 2 0 0 0 2 2h0a6 6 0 0 0 6 2" />
    </>
  ),
  queue: <path d="M4 5h12M4 10h8M4 15h5" />,
  lock: (
    <>
      <path d="M5 9h10v7.500H5z" />
      <path d="M7 9V6.500a3 3 0 0 1 6 0V9" />
    </>
  ),
  clock: (
    <>
      <circle cx="10" cy="10" r="6.500" />
      <path d="M10 6.500V10l2.500 1.500" />
    </>
  ),
  alert: (
    <>
      <path d="M10 3.500 17.500 16h-15z" />
      <path d="M10 8.500v3.500M10 14v.2" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="6.500" />
      <path d="M10 9.200v4M10 6.700v.2" />
    </>
  ),
  out: <path d="M8 3.500H4v13h4M12.500 6.500 16 10l-3.500 3.500M16 10H8" />,
  star: <path d="m10 3 2.100 4.400 4.900.6-3.600 3.300 1 4.800L10 13.700l-4.400 2.400 1-4.800L3 8l4.900-.6z" />,
  copy: (
    <>
      <rect x="7" y="7" width="9.500" height="9.500" rx="1.500" />
      <path d="M13 7V5A1.500 1.500 0 0 0 11.500 3.500H5A1.500 1.500 0 0 0 3.500 5v6.500A1.500 1.500 0 0 0 5 13h2" />
    </>
  ),
  note: <path d="M4.500 3.500h11v9l-4 4h-7zM15.500 12.500h-4v4M7.500 7h5M7.500 10h3" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
}

/** One line icon on a 20-unit grid; always beside a word or inside a named control. */
export function Icon({ name, size = 18 }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {PATHS[name]}
    </svg>
  );
}
