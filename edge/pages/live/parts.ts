const at = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page lacks ${id}.`);
  return found;
};
export const button = (id: string) => at(id, HTMLButtonElement);
export const part = (id: string) => at(id, HTMLElement);
export const choice = (id: string) => at(id, HTMLSelectElement);
export const box = (id: string) => at(id, HTMLInputElement);
export const dialog = (id: string) => at(id, HTMLDialogElement);

/** Where the page may lead back to the record; empty until it knows where that is. */
export const waysBack = () => [...document.querySelectorAll<HTMLElement>('.back')];

/** Said once to a screen reader, not with every look. */
export const words = (id: string, text: string): void => {
  if (part(id).textContent !== text) part(id).textContent = text;
};
export const visible = (id: string, isShown: boolean): void => {
  part(id).hidden = !isShown;
};

/** What people said is text, never markup. */
export function make(tag: string, name: string, ...inside: (string | Node)[]): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inside);
  return made;
}
