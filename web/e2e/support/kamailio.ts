import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { until } from './until';

const MODULES = '/usr/lib/x86_64-linux-gnu/kamailio/modules/';

/** An account at the carrier. */
export interface Account {
  user: string;
  password: string;
}

interface Ways {
  /** Where it listens; the caller found a free port. */
  port: number;
  /** Where calls from the centre go: a telephone. */
  telephone: string;
  /** Where calls from anybody else go; with an account they go to whoever registered with it. */
  centre?: string;
  account?: Account;
  /** The centre is reached, and comes, over TLS at this port; telephones stay at the other. */
  tls?: { port: number; cert: string; key: string };
}

/** Kamailio as a carrier: a proxy with Record-Route between a telephone and the centre, which may have to register. */
export class Kamailio {
  private constructor(
    private readonly dir: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(ways: Ways): Promise<Kamailio> {
    const dir = mkdtempSync(join(tmpdir(), 'callisto-kamailio-'));
    writeFileSync(join(dir, 'kamailio.cfg'), script(ways));
    const log = openSync(join(dir, 'kamailio.log'), 'a');
    const run = ['-DD', '-E', '-m', '64', '-M', '8', '-Y', dir, '-w', dir, '-f', join(dir, 'kamailio.cfg')];
    const child = spawn('kamailio', run, { stdio: ['ignore', log, log] });
    closeSync(log);
    const proxy = new Kamailio(dir, child);
    await until('kamailio takes requests', 10_000, () => {
      if (child.exitCode !== null) throw new Error(`kamailio ended: ${proxy.log()}`);
      return proxy.log().includes('carrier is there');
    });
    return proxy;
  }

  log(): string {
    return readFileSync(join(this.dir, 'kamailio.log'), 'utf8');
  }

  async stop() {
    if (this.child.exitCode === null) {
      const gone = new Promise<void>((done) => this.child.once('exit', () => done()));
      this.child.kill('SIGTERM');
      const late = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(late);
    }
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Its configuration. Who sends from the telephone's address calls the centre; everybody else is the centre. */
function script({ port, telephone, centre, account, tls }: Ways): string {
  const telephonePort = telephone.split(':')[1]!;
  const modules = ['kex', 'tm', 'tmx', 'sl', 'rr', 'pv', 'maxfwd', 'textops', 'siputils', 'xlog'];
  if (account) modules.push('auth', 'usrloc', 'registrar');
  if (tls) modules.unshift('tls');
  return `
debug=1
log_stderror=yes
children=2
${tls ? `enable_tls=yes\ntcp_children=1\nlisten=tls:127.0.0.1:${tls.port}` : 'disable_tcp=yes'}
auto_aliases=no
listen=udp:127.0.0.1:${port}
mpath="${MODULES}"
${modules.map((name) => `loadmodule "${name}.so"`).join('\n')}
${tls ? shows(tls) : ''}
${account ? 'modparam("registrar", "min_expires", 60)' : ''}

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) { t_relay(); } exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }
  if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
  ${account ? registering(account, telephonePort) : ''}
  t_check_trans();
  record_route();
  if ($sp == ${telephonePort}) {
    ${account ? arrivals(account) : `$du = "sip:${centre}${tls ? ';transport=tls' : ''}";`}
  } else {
    $du = "sip:${telephone}";
  }
  t_relay();
}

event_route[core:worker-one-init] { xlog("L_ERR", "carrier is there\\n"); }
`;
}

/** Which certificate it shows. */
function shows({ cert, key }: { cert: string; key: string }): string {
  const sets = [
    ['tls_method', 'TLSv1.2+'],
    ['certificate', cert],
    ['private_key', key],
  ];
  return sets.map(([name, value]) => `modparam("tls", "${name}", "${value}")`).join('\n');
}

function registering({ user, password }: Account, telephonePort: string): string {
  return `
  if ($sp != ${telephonePort} && (is_method("REGISTER") || is_method("INVITE"))) {
    if (!pv_auth_check("$fd", "${password}", "0", "0") || $au != "${user}") { auth_challenge("$fd", "1"); exit; }
    consume_credentials();
    if (is_method("REGISTER")) { save("location"); exit; }
  }`;
}

/** A carrier writes the account into the request and the number that was dialled into To. */
function arrivals({ user }: Account): string {
  return `$rU = "${user}"; if (!lookup("location")) { sl_send_reply("480", "Nobody Registered"); exit; }`;
}
