import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { optionalScopes, scopes } from './scopes.ts';

test('the Worker asks for exactly the scopes that the app’s manifest declares', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../hubspot-app/src/app/app-hsmeta.json', import.meta.url), 'utf8'));
  const { requiredScopes, optionalScopes: optional } = manifest.config.auth;
  expect({ scopes, optionalScopes }).toEqual({ scopes: requiredScopes, optionalScopes: optional });
});
