import type { LiveView } from '@ros/contracts';

/** A running call, as the service shows it. */
export type LiveNow = Extract<LiveView, { state: 'live' }>;
