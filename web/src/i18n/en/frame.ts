import type { frame as zh } from '../zh/frame';
import type { SameShape } from '../shape';

export const frame: SameShape<typeof zh> = {
  product: 'Callisto',
  colon: ': ',
  nav: {
    desk: 'Desk',
    tasks: 'Tasks',
    conversations: 'Conversations',
    customers: 'Customers',
    floor: 'Live floor',
    settings: 'Settings',
    menu: 'Open navigation',
    main: 'Main',
  },
  rail: {
    desk: 'Desk',
    tasks: 'Tasks',
    conversations: 'Conver\u00adsations',
    customers: 'Customers',
    floor: 'Live floor',
    settings: 'Settings',
  },
  language: { switch: '切换到中文', zh: '中', en: 'EN' },
  theme: { to_dark: 'Switch to dark', to_light: 'Switch to light' },
  me: {
    menu: 'My account',
    sign_out: 'Sign out of Callisto',
    agent_id: 'Agent ID {{extension}}',
    role: { agent: 'Agent', supervisor: 'Supervisor', administrator: 'Administrator' },
    sign_out_busy: 'Not possible while ringing or talking',
  },
  palette: {
    open: 'Search',
    placeholder: 'Find customers, numbers, pages, actions',
    empty: 'Nothing found for “{{text}}”',
    hint: 'Type a name, a number or a page',
    groups: { actions: 'Actions', pages: 'Pages', customers: 'Customers', conversations: 'Recent conversations' },
    new_customer: 'New customer: {{text}}',
    keys: '↑↓ choose · ↵ open · Esc close',
  },
  connection: {
    lost: 'The connection to the server is lost; what you see is as of {{time}}. Reconnecting. Calls are not affected.',
    retry: 'Reconnect now',
    stale: 'As of {{time}}',
  },
  draining:
    'The server is shutting down: no new calls, calls in progress are not affected; it stops after the last one.',
  insecure: {
    title: 'No microphone on this page',
    body: 'It was opened over plain HTTP, and browsers give no microphone to that: you cannot take calls here.',
    ask: 'Ask the administrator to switch on HTTPS, then open the https:// address.',
    open: 'Open over HTTPS',
  },
  stops: 'Calls out were stopped automatically ({{count}}): too many different numbers in a short time.',
  stops_look: 'Check and release',
  recordings:
    'Recordings are not written properly: calls go on, what is missing will be marked in the recording. Please tell your system administrator.',
  ledger:
    'The event ledger cannot be written: new calls are turned away, calls in progress go on. Please tell your system administrator.',
  not_found: {
    title: 'No such page',
    body: 'The address may be mistyped, or what was here has moved.',
    back: 'Back to the desk',
  },
  crash: {
    title: 'This page failed',
    body: 'Other pages and calls are not affected. Opening the page again usually helps.',
    retry: 'Open again',
  },
  forbidden: {
    title: 'Not yours to see',
    body: 'Your role does not include this page. Ask an administrator if you need it.',
  },
};
