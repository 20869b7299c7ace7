// The one shop window: what the two host apps get. Rooms import the single files.
export * from './capture.ts';
export * from './change.ts';
export * from './email.ts';
export * from './guidance.ts';
export * from './insight.ts';
export * from './listen.ts';
export * from './methodology.ts';
export * from './metrics.ts';
export * from './need.ts';
export * from './record.ts';
export * from './risk.ts';
export * from './tenant.ts';
export * from './transcript.ts';
export * from './version.ts';
export * from './view.ts';
