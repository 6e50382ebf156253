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
  settingsDevices: '/settings/phones',
  settingsDevice: (id: string) => `/settings/phones/${id}`,
  settingsOutbound: '/settings/calling-out',
  settingsNumbers: '/settings/numbers',
  settingsFlows: '/settings/flows',
  settingsFlow: (id: string) => `/settings/flows/${id}`,
  visitor: '/visitor',
} as const;
