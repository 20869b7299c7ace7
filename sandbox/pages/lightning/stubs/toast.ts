/** The event as the platform knows it; the page shows its title. */
export class ShowToastEvent extends CustomEvent<unknown> {
  constructor(detail: unknown) {
    super('lightning__showtoast', { detail, composed: true, bubbles: true, cancelable: true });
  }
}
