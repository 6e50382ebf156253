import type { HealthCode, SystemHealth } from '@/api/types';
import { nowUs, type World } from './world';

const DAY_US = 86_400_000_000;
const GIB = 1024 ** 3;

/** The server's health as the scenario has it. */
export function systemHealth(world: World): SystemHealth {
  const codes: HealthCode[] =
    world.scenario === 'ledger-failed'
      ? ['ledger_unwritable', 'disk_low']
      : world.scenario === 'draining'
        ? ['draining', 'trunk_silent', 'certificate_expiring', 'recordings_missing']
        : [];
  return {
    status: codes.length === 0 ? 'ok' : 'failing',
    codes,
    at_us: nowUs(),
    version: '0.1.0',
    started_at_us: nowUs() - 3 * DAY_US,
    ledger: { uncommitted: 0, oldest_ms: 0, commit_p99_ms: 6 },
    recordings_missing: 0,
    calls: { telephone: 7, visitor: 1, agent: 12, conversations: 9 },
    trunks: [
      {
        name: '电信 SIP 中继（深圳）',
        heard_at_us: nowUs() - 12_000_000,
        silent: false,
        addresses: [
          { address: '203.0.113.10:5060', reach: 'up' },
          { address: '203.0.113.11:5060', reach: 'down' },
        ],
        registration: 'registered',
      },
      { name: '联通备用', heard_at_us: nowUs() - 900_000_000, silent: true },
      { name: '测试线路', silent: false },
    ],
    disk: { free_bytes: 118 * GIB, total_bytes: 200 * GIB, sync_us: 3_900 },
    certificate: {
      generated: true,
      expires_at_us: nowUs() + 300 * DAY_US,
      sha256: Array.from({ length: 32 }, (_, n) => (n * 7 + 16).toString(16).toUpperCase().padStart(2, '0')).join(':'),
      names: ['callcentre.lan', '192.168.1.20', 'localhost', '127.0.0.1'],
    },
    locations: { source: 'libphonenumber 9.0.43', dated: '2026-11-06', built_in: true },
    process: { resident_bytes: 61 * 1024 ** 2, open_files: 88, open_files_max: 65_536 },
  };
}
