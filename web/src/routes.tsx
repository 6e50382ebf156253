import type { ComponentType } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import type { Permission } from './api/types';
import { DeskPage } from './features/desk/DeskPage';
import { Frame } from './frame/Frame';
import { NotFound } from './frame/NotFound';
import { PageCrash } from './frame/PageCrash';
import { addWords, type LoadWords } from './i18n';
import { RequirePermission } from './parts/RequirePermission';
import { storyWords } from './parts/story/words';
import { paths } from './paths';

/** A page that is fetched when it is first opened, with the words that only it says. */
function page(permission: Permission, load: () => Promise<ComponentType>, ...words: LoadWords[]) {
  return {
    lazy: async () => {
      const [Page] = await Promise.all([load(), ...words.map(addWords)]);
      return {
        Component: () => (
          <RequirePermission permission={permission}>
            <Page />
          </RequirePermission>
        ),
      };
    },
  };
}

const settingsWords: LoadWords = async (tongue) =>
  tongue === 'zh' ? (await import('./i18n/zh/later')).later : (await import('./i18n/en/later')).later;

const soundWords: LoadWords = async (tongue) =>
  tongue === 'zh' ? (await import('./i18n/zh/sound')).soundPage : (await import('./i18n/en/sound')).soundPage;
const conversationWords: LoadWords = async (tongue) => {
  const { conversations } =
    tongue === 'zh' ? await import('./i18n/zh/conversations') : await import('./i18n/en/conversations');
  return { conversations };
};
const floorWords: LoadWords = async (tongue) => {
  const { floor } = tongue === 'zh' ? await import('./i18n/zh/floor') : await import('./i18n/en/floor');
  return { floor };
};

const conversations = page(
  'conversations.read',
  async () => (await import('./features/conversations/ConversationsPage')).ConversationsPage,
  conversationWords,
);
const conversation = page(
  'conversations.read',
  async () => (await import('./features/conversations/ConversationPage')).ConversationPage,
  conversationWords,
  storyWords,
  soundWords,
);
const recordings = page(
  'recordings.play',
  async () => (await import('./features/conversations/RecordingsPage')).RecordingsPage,
  conversationWords,
  storyWords,
);
const customers = page(
  'customers.read',
  async () => (await import('./features/customers/CustomersPage')).CustomersPage,
);
const customer = page('customers.read', async () => (await import('./features/customers/CustomerPage')).CustomerPage);
const newCustomer = page(
  'customers.write',
  async () => (await import('./features/customers/NewCustomerPage')).NewCustomerPage,
);
const tasks = page('tasks.read', async () => (await import('./features/tasks/TasksPage')).TasksPage);
const floor = page(
  'floor.read',
  async () => (await import('./features/floor/FloorPage')).FloorPage,
  floorWords,
  soundWords,
);
const settings = page(
  'settings.read',
  async () => (await import('./features/settings/SettingsPage')).SettingsPage,
  settingsWords,
);
const queues = page('settings.read', async () => (await import('./features/settings/QueuesPage')).QueuesPage);
const queue = page('settings.read', async () => (await import('./features/settings/QueuePage')).QueuePage);
const agents = page('settings.read', async () => (await import('./features/settings/AgentsPage')).AgentsPage);
const agent = page('settings.read', async () => (await import('./features/settings/AgentPage')).AgentPage);
const devices = page('settings.read', async () => (await import('./features/settings/DevicesPage')).DevicesPage);
const device = page('settings.read', async () => (await import('./features/settings/DevicePage')).DevicePage);
const sites = page('settings.read', async () => (await import('./features/settings/sites/SitesPage')).SitesPage);
const site = page('settings.read', async () => (await import('./features/settings/sites/SitePage')).SitePage);
const recording = page(
  'settings.read',
  async () => (await import('./features/settings/recording/RecordingPage')).RecordingPage,
);
const outbound = page(
  'floor.read',
  async () => (await import('./features/settings/plan/PlanPage')).PlanPage,
  storyWords,
);
const numbers = page('settings.read', async () => (await import('./features/settings/NumbersPage')).NumbersPage);
const number = page('settings.read', async () => (await import('./features/settings/numbers/NumberPage')).NumberPage);
const codes = page('settings.read', async () => (await import('./features/settings/codes/CodesPage')).CodesPage);
const lists = page('floor.read', async () => (await import('./features/settings/lists/ListsPage')).ListsPage);
const calendars = page(
  'settings.read',
  async () => (await import('./features/settings/hours/CalendarsPage')).CalendarsPage,
);
const calendar = page(
  'settings.read',
  async () => (await import('./features/settings/hours/CalendarPage')).CalendarPage,
);
const flows = page('settings.read', async () => (await import('./features/settings/FlowsPage')).FlowsPage);
const system = page('metrics.read', async () => (await import('./features/settings/SystemPage')).SystemPage);
const flow = page('settings.read', async () => (await import('./features/settings/FlowPage')).FlowPage);

const audit = page('audit.read', async () => (await import('./features/settings/audit/AuditPage')).AuditPage);

/** The whole site. The desk comes with the first load, everything else when it is opened. */
export const router = createBrowserRouter([
  {
    element: <Frame />,
    errorElement: <PageCrash />,
    hydrateFallbackElement: <div />,
    children: [
      {
        errorElement: <PageCrash />,
        children: [
          { path: paths.desk, element: <DeskPage /> },
          { path: '/sign-in', element: <Navigate to={paths.desk} replace /> },
          { path: paths.conversations, ...conversations },
          { path: paths.recordings, ...recordings },
          { path: paths.conversation(':id'), ...conversation },
          { path: paths.customers, ...customers },
          { path: paths.newCustomer(), ...newCustomer },
          { path: paths.customer(':id'), ...customer },
          { path: paths.tasks, ...tasks },
          { path: paths.floor, ...floor },
          {
            path: paths.settings,
            ...settings,
            children: [
              { index: true, element: <Navigate to={paths.settingsQueues} replace /> },
              { path: paths.settingsQueues, ...queues },
              { path: paths.settingsQueue(':id'), ...queue },
              { path: paths.settingsAgents, ...agents },
              { path: paths.settingsAgent(':id'), ...agent },
              { path: paths.settingsDevices, ...devices },
              { path: paths.settingsDevice(':id'), ...device },
              { path: paths.settingsSites, ...sites },
              { path: paths.settingsSite(':id'), ...site },
              { path: paths.settingsOutbound, ...outbound },
              { path: paths.settingsRecording, ...recording },
              { path: paths.settingsNumbers, ...numbers },
              { path: paths.settingsNumber(':id'), ...number },
              { path: paths.settingsCodes, ...codes },
              { path: paths.settingsLists, ...lists },
              { path: paths.settingsHours, ...calendars },
              { path: paths.settingsCalendar(':id'), ...calendar },
              { path: paths.settingsFlows, ...flows },
              { path: paths.settingsFlow(':id'), ...flow },
              { path: paths.settingsAudit, ...audit },
              { path: paths.settingsSystem, ...system },
            ],
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);
