import { defineConfig } from 'drizzle-kit';

/** Where migrations come from: `drizzle-kit generate --config .ci/drizzle.config.ts --name what-changed`, offline. */
export default defineConfig({ dialect: 'postgresql', schema: './edge/db/schema.ts', out: './edge/db/migrations' });
