import { registerSa11yMatcher } from '@sa11y/jest';

registerSa11yMatcher();

// The simulated browser has no ids of its own; tests only need them to differ.
let made = 0;
Object.defineProperty(globalThis.crypto, 'randomUUID', {
  configurable: true,
  value: () => {
    made += 1;
    return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  },
});

// The accessibility checker looks at every property of an element; LWC warns about each that is not public. Neither is news.
const warn = console.warn.bind(console);
console.warn = (...said: unknown[]) => {
  if (!/The property "\w+" is not publicly accessible/.test(String(said[0]))) warn(...said);
};
