/** A request we will not answer, in words for whoever sent it. Never carries what was inside the request. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 503;
  readonly field: string | undefined;

  constructor(status: Problem['status'], title: string, field?: string) {
    super(title);
    this.status = status;
    this.field = field;
  }
}

/** RFC 9457. */
export const problemResponse = (status: number, title: string, field?: string): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title, status, ...(field === undefined ? {} : { field }) }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
