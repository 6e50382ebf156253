/** Every address of the site. */
export const paths = {
  desk: '/',
  conversations: '/conversations',
  conversation: (id: string) => `/conversations/${id}`,
  customers: '/customers',
  newCustomer: (number?: string) =>
    `/customers/new${number === undefined ? '' : `?number=${encodeURIComponent(number)}`}`,
  customer: (id: string) => `/customers/${id}`,
  floor: '/floor',
  settings: '/settings',
  settingsQueues: '/settings/queues',
  settingsQueue: (id: string) => `/settings/queues/${id}`,
  settingsAgents: '/settings/agents',
  settingsAgent: (id: string) => `/settings/agents/${id}`,
  settingsNumbers: '/settings/numbers',
  settingsHours: '/settings/hours',
  settingsCalendar: (id: string) => `/settings/hours/${id}`,
  settingsFlows: '/settings/flows',
  settingsFlow: (id: string) => `/settings/flows/${id}`,
  settingsAudit: '/settings/audit',
  visitor: '/visitor',
} as const;
