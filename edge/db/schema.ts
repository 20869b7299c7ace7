// Gathers every room's tables for drizzle-kit: `npm run migrations` compares them with edge/db/migrations.
export * from '../act/tables.ts';
export * from '../capture/phone/tables.ts';
export * from '../capture/tables.ts';
export * from '../guide/cards/tables.ts';
export * from '../guide/marks/tables.ts';
export * from '../guide/playbooks/tables.ts';
export * from '../relate/tables.ts';
export * from '../remember/search/tables.ts';
export * from '../remember/tables.ts';
export * from '../tenants/tables.ts';
export * from '../understand/tables.ts';
export * from './alerts.ts';
export * from './audit.ts';
