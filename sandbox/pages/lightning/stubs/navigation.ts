type Tell = (page: unknown) => void;

/** The wire of the page that is open: always this one record. */
export class CurrentPageReference {
  readonly tell: Tell;

  constructor(tell: Tell) {
    this.tell = tell;
  }

  connect(): void {
    const { record } = document.body.dataset;
    this.tell({
      type: 'standard__recordPage',
      attributes: { recordId: record, objectApiName: 'Opportunity', actionName: 'view' },
      state: {},
    });
  }

  update(): void {}
  disconnect(): void {}
}
