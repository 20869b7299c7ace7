import { expect, test } from 'vitest';
import { bearerLogin, salesforceLogin } from './salesforce-login.ts';

test.each([
  ['login', 'https://login.salesforce.com'],
  ['test', 'https://test.salesforce.com'],
  ['test.salesforce.com', 'https://test.salesforce.com'],
  ['acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
  ['Acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
  ['acme--dev.sandbox.my.salesforce.com', 'https://acme--dev.sandbox.my.salesforce.com'],
  ['acme-dev-ed.develop.my.salesforce.com', 'https://acme-dev-ed.develop.my.salesforce.com'],
  ['velocity-app-1.scratch.my.salesforce.com', 'https://velocity-app-1.scratch.my.salesforce.com'],
])('%s is an address of Salesforce', (asked, origin) => expect(salesforceLogin(asked)).toBe(origin));

test.each([
  '',
  'https://acme.my.salesforce.com',
  'acme.my.salesforce.com/',
  'acme.my.salesforce.com.evil.example',
  'evil.example#.my.salesforce.com',
  'a@acme.my.salesforce.com',
  'acme.my.salesforce.com:444',
  'a.b.my.salesforce.com',
  '.my.salesforce.com',
  'acme_1.my.salesforce.com',
  'acme.my.salesforce.com\n',
  `${'-'.repeat(100_000)}x`,
])('anything else is not: %j', (asked) => expect(salesforceLogin(asked)).toBeNull());

test('sign-ins of our own go to the org’s My Domain, or where the person signed in when it has none', () => {
  expect(bearerLogin('https://acme--dev.sandbox.my.salesforce.com', 'https://test.salesforce.com')).toBe(
    'https://acme--dev.sandbox.my.salesforce.com',
  );
  expect(bearerLogin('http://127.0.0.1:8703', 'http://127.0.0.1:8703')).toBe('http://127.0.0.1:8703');
});
