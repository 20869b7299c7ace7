// What the bundler resolves and TypeScript cannot: compiled components.
declare module 'c/*' {
  import type { LightningElement } from 'lwc';

  const component: typeof LightningElement;
  export default component;
}

declare module 'lightning/icon' {
  import type { LightningElement } from 'lwc';

  const component: typeof LightningElement;
  export default component;
}

declare module '@lwc/synthetic-shadow';
