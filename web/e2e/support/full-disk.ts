import { execFileSync } from 'node:child_process';

/** Lets no byte more into any file of a process. */
export function fillDisk(pid: number) {
  execFileSync('prlimit', ['--pid', String(pid), '--fsize=0:unlimited']);
}

/** Makes room again. */
export function makeRoom(pid: number) {
  execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited']);
}
