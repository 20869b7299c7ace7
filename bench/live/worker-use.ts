import { execFileSync } from 'node:child_process';

/** Memory of the Worker's process in MB, and its processor time so far in seconds. */
export function workerUse(): { rssMb: number; cpuS: number } {
  const mine = execFileSync('ps', ['-A', '-o', 'ppid=,rss=,cputimes=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([parent, , , name]) => Number(parent) === process.pid && name?.endsWith('workerd'));
  return {
    rssMb: Math.round(mine.reduce((sum, [, kb]) => sum + Number(kb), 0) / 1_024),
    cpuS: mine.reduce((sum, [, , cpu]) => sum + Number(cpu), 0),
  };
}
