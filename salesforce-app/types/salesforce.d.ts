// The platform modules this package imports; Salesforce publishes no types for them.
declare module 'lightning/uiRecordApi' {
  /** Tells Lightning Data Service that these records changed on the server. */
  export function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<void>;
}

declare module 'lightning/platformShowToastEvent' {
  export class ShowToastEvent extends CustomEvent<unknown> {
    constructor(detail: { title: string; message?: string; variant?: 'info' | 'success' | 'warning' | 'error' });
  }
}

declare module 'lightning/navigation' {
  export interface PageReference {
    type: string;
    attributes?: Record<string, string | undefined>;
    state?: Record<string, string | undefined>;
  }
  export const CurrentPageReference: new (
    tell: (page: PageReference | null) => void,
  ) => { update(config: Record<string, never>): void; connect(): void; disconnect(): void };
}

declare module 'lightning/modal' {
  import { LightningElement } from 'lwc';
  export default class LightningModal extends LightningElement {
    static open(options: Record<string, unknown>): Promise<unknown>;
    disableClose: boolean;
    close(result?: unknown): void;
  }
}

declare module '@salesforce/apex/RosEdge.call' {
  const call: (request: { verb: string; path: string; body: string | null }) => Promise<unknown>;
  export default call;
}

declare module '@salesforce/user/Id' {
  /** Who is signed in, in 18 characters. */
  const id: string;
  export default id;
}

declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}

declare module '*.html' {
  const template: unknown;
  export default template;
}
