import type { Customer } from '@/api/types';
import { act } from './actions';
import { agents, devices, dispositions, flows, id, numbers, queues, reasons, skills } from './data';
import { floorOf } from './floor';
import { liftConversation, policyRoute, recordingsOf, recordingsRoute } from './keeping';
import { floorQuality, qualityOf } from './quality';
import { planRoute } from './plan';
import { sitesRoute } from './sites';
import { systemHealth } from './system';
import { blockCaller, listsRoute } from './lists';
import { assign, pickUp } from './parking';
import { withStory } from './past';
import { customers } from './people';
import { answerTask, listTasks } from './tasks';
import { transferTargets } from './transfers';
import { CAST, liveDetail, ME, nowUs, settle, type World } from './world';

type Body = Record<string, unknown>;

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

const problem = (status: number, code: string, fields?: unknown): Response =>
  json(
    { type: 'about:blank', title: code, status, code, detail: code, ...(fields === undefined ? {} : { fields }) },
    status,
  );

const list = (items: readonly unknown[]): Response => json({ items, next_cursor: null });

/** The mock has no sound to keep; a file there is all the same. */
const file = (format: string): Response =>
  new Response(new Blob(['']), {
    headers: { 'content-disposition': `attachment; filename="recording-20261130-0911.${format}"` },
  });

/** Answers like the server, from memory, after a short delay. */
export function fakeFetch(world: World): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const url = new URL(request.url);
    const body = request.method === 'GET' ? {} : ((await request.json().catch(() => ({}))) as Body);
    await new Promise((resolve) => setTimeout(resolve, 40));
    return route(world, request.method, url.pathname.replace('/api/v1', ''), url.searchParams, body);
  };
}

function route(world: World, method: string, path: string, query: URLSearchParams, body: Body): Response {
  if (path === '/session') return signing(world, method, body);
  if (path.startsWith('/visitor'))
    return method === 'DELETE' ? new Response(null, { status: 204 }) : json({ call_id: 'vis_1', sdp: 'v=0' }, 201);
  if (world.me === null) return problem(401, 'unauthenticated');
  if (path === '/me') return json({ ...world.me, server_at_us: nowUs() });
  if (path === '/me/state') return json(world.state);
  if (path.startsWith('/me/phone/')) return new Response(null, { status: 204 });
  if (path.startsWith('/me/') || path.startsWith('/offers/') || path.startsWith('/handlings/')) {
    const refused = act(world, path, body);
    if (refused !== undefined) return problem(409, refused);
    return path === '/me/phone' ? json({ leg_id: id('leg', 2), sdp: 'v=0' }, 201) : json({ cursor: String(nowUs()) });
  }
  if (path.startsWith('/conversations')) return conversations(world, method, path, query, body);
  if (path.startsWith('/customers')) return people(world, method, path, query, body);
  if (path.startsWith('/tasks')) return taskRoute(world, path, query, body);
  if (path.startsWith('/number-list') || path === '/screening-policy') {
    const { status, body: said } = listsRoute(method, path, query, body, world.scenario === 'empty');
    return status === 204 ? new Response(null, { status }) : json(said, status);
  }
  if (path.endsWith('-policy') || path.startsWith('/sites')) {
    const { status, body: said } = path.startsWith('/sites')
      ? sitesRoute(method, path, body, world.scenario === 'empty')
      : policyRoute(method, path, body);
    return status === 204 ? new Response(null, { status }) : json(said, status);
  }
  if (path.startsWith('/recordings')) {
    if (path.endsWith('/download')) return file(String(body.format));
    const { status, body: said } = recordingsRoute(world.past, method, path, query, body);
    return status === 204 ? new Response(null, { status }) : json(said, status);
  }
  if (path === '/floor/quality') return json(floorQuality());
  if (path === '/system/health') return json(systemHealth(world));
  return settings(world, method, path, body);
}

function signing(world: World, method: string, body: Body): Response {
  if (method === 'DELETE') {
    world.me = null;
    return new Response(null, { status: 204 });
  }
  if (body.password === 'wrong') return problem(401, 'wrong_credentials');
  world.me = ME;
  return json({ ...ME, server_at_us: nowUs() });
}

function conversations(world: World, method: string, path: string, query: URLSearchParams, body: Body): Response {
  const [, , which, part] = path.split('/');
  if (which !== undefined && (part === 'pick-up' || part === 'assign')) {
    const refused = part === 'pick-up' ? pickUp(world, which) : assign(world, which, body.agent_id);
    if (refused !== undefined) return problem(409, refused);
    settle(world);
    return json({ cursor: String(nowUs()) });
  }
  const live = world.state.offers.length + world.state.handlings.length > 0 || world.live.length > 0;
  if (which === undefined) {
    const all = [...(live && world.live.length > 0 ? [liveDetail(world)] : []), ...world.past].filter(
      (one) =>
        (query.get('state') ?? one.state) === one.state &&
        (query.get('queue_id') ?? one.queue?.id) === one.queue?.id &&
        (query.get('agent_id') ?? one.agent?.id) === one.agent?.id &&
        (query.get('customer_id') ?? one.customer?.id) === one.customer?.id,
    );
    const from = Number(query.get('cursor') ?? 0);
    const limit = Math.min(Number(query.get('limit') ?? 50), 20);
    const next = from + limit;
    return json({ items: all.slice(from, next), next_cursor: next < all.length ? String(next) : null });
  }
  if (part === 'block-caller') {
    const from = which === CAST.conversation ? liveDetail(world).from : world.past.find(({ id }) => id === which)?.from;
    const { status, body: said } = blockCaller(from ?? '', body);
    return json(said, status);
  }
  if (part === 'recordings') return list(recordingsOf(world.past, which));
  if (part === 'hold' && method === 'DELETE') return json(liftConversation(world.past, which).body);
  if (part === 'note' && method === 'PUT') {
    world.note = { text: String(body.text), updated_at_us: nowUs() };
    return json(world.note);
  }
  const one = world.past.find((past) => past.id === which);
  if (which !== CAST.conversation && one === undefined) return problem(404, 'not_found');
  const detail = which === CAST.conversation || one === undefined ? liveDetail(world) : withStory(one);
  return json(part === 'quality' ? qualityOf(detail) : detail);
}

function taskRoute(world: World, path: string, query: URLSearchParams, body: Body): Response {
  const [, , which, step] = path.split('/');
  if (which === undefined) return list(listTasks(world, query));
  // The mock has no sound.
  if (step === 'audio') return problem(404, 'not_found');
  const task = answerTask(world, which, step, body);
  return task === undefined ? problem(409, 'conflict') : json(task);
}

function people(world: World, method: string, path: string, query: URLSearchParams, body: Body): Response {
  const [, , which] = path.split('/');
  if (which === undefined && method === 'GET') {
    const number = (query.get('number') ?? '').replace(/\D/g, '').replace(/^(86|0)(?=1)/, '');
    const text = query.get('query') ?? '';
    const found = world.scenario === 'empty' ? [] : customers;
    return list(
      found.filter(
        (one) =>
          (number === '' || one.numbers.some((each) => each.number.includes(number))) &&
          (text === '' || `${one.name}${one.company ?? ''}`.toLowerCase().includes(text.toLowerCase())),
      ),
    );
  }
  const now = nowUs();
  if (method === 'POST') {
    if (String(body.name).includes('!')) return problem(422, 'validation', [{ field: 'name', code: 'malformed' }]);
    const made = {
      custom: {},
      level: 'standard',
      ...body,
      id: id('cus', 90 + customers.length),
      created_at_us: now,
      updated_at_us: now,
      version: 1,
    } as unknown as Customer;
    made.numbers = made.numbers.map((one) => ({ ...one, e164: `+86${one.number}` }));
    customers.push(made);
    return json(made, 201);
  }
  const at = customers.findIndex((one) => one.id === which);
  const before = customers[at];
  if (before === undefined) return problem(404, 'not_found');
  if (method === 'PATCH') {
    const after = { ...before, ...body, updated_at_us: now, version: before.version + 1 };
    customers[at] = after;
    settle(world);
    return json(after);
  }
  return json(before);
}

function settings(world: World, method: string, path: string, body: Body): Response {
  const [, kind, which] = path.split('/');
  if (kind === 'floor') return json(floorOf(world));
  if (kind === 'transfer-targets') return json(transferTargets(world));
  if (kind === 'outbound-plan') {
    const answer = planRoute(method, path, body, world.scenario === 'empty');
    return json(answer.body, answer.status);
  }
  if (kind === 'outbound-stops' && method === 'GET') return json({ items: floorOf(world).outbound_stops });
  if (kind === 'outbound-stops') {
    world.released = true;
    return json({ cursor: String(nowUs()) });
  }
  if (kind === 'devices' && method === 'POST') {
    const device = { ...devices[0], ...body, state: 'offline', contacts: [] };
    const login = { password: 'k3nd7wq2xp9mh5tzr8fa', realm: 'callisto', server: '192.168.8.2:5060' };
    return json({ device, ...login }, 201);
  }
  if (kind === 'agents' && path.endsWith('/state')) return json({ cursor: String(nowUs()) });
  if (kind === 'calls') return problem(422, 'number_not_allowed');
  if (kind === 'flows' && which !== undefined) return json(flows.find((one) => one.id === which));
  const lists: Record<string, readonly unknown[]> = {
    queues,
    agents,
    devices,
    skills,
    dispositions,
    'not-ready-reasons': reasons,
    numbers,
    teams: [],
    flows: flows.map((flow) => ({ ...flow, nodes: flow.nodes.length })),
  };
  const items = lists[kind ?? ''];
  if (items === undefined) return problem(404, 'not_found');
  if (method === 'GET')
    return list(
      world.scenario === 'empty' && (kind === 'queues' || kind === 'agents' || kind === 'devices') ? [] : items,
    );
  if (body.extension === '8002' && which !== id('agt', 2))
    return problem(422, 'validation', [{ field: 'extension', code: 'taken' }]);
  return json({ ...(items.find((one) => (one as { id: string }).id === which) ?? {}), ...body });
}
