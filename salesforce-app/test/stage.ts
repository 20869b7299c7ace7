import { createElement } from 'lwc';

/** Puts a component on the page with its public properties set. */
// biome-ignore lint/suspicious/noExplicitAny: a component's public properties are known to its template alone
export function show(name: string, is: any, props: Record<string, unknown> = {}): any {
  const element = Object.assign(createElement(name, { is }), props);
  document.body.appendChild(element);
  return element;
}

/** Lets answers arrive and the page draw itself. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

export function clear(): void {
  while (document.body.firstChild) document.body.removeChild(document.body.firstChild);
}

/** Everything a person can read, across shadow roots of the component itself. */
export const text = (element: HTMLElement): string => element.shadowRoot?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

// biome-ignore lint/suspicious/noExplicitAny: base components are stubs without types
export const find = (element: HTMLElement, selector: string): any => element.shadowRoot?.querySelector(selector) ?? null;
