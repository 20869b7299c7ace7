/** What the org says no with: becomes the error array of the REST API, or one entry of a collection's `errors`. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly errorCode: string;
  readonly fields: string[];

  constructor(status: number, errorCode: string, message: string, fields: string[] = []) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  /** One entry of the error array; `fields` only stands where a record was written. */
  get entry(): { message: string; errorCode: string; fields?: string[] } {
    return { message: this.message, errorCode: this.errorCode, ...(this.fields.length > 0 ? { fields: this.fields } : {}) };
  }
}

export const notFound = () => new Refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
export const malformedId = (where: string, id: string) =>
  new Refusal(400, 'MALFORMED_ID', `${where}: id value of incorrect type: ${id}`, [where]);
