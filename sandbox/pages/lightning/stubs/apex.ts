/** `Class.method` becomes a function that asks the page's server, which runs the stand-in for Apex. */
export function apexMethod(name: string): (params?: Record<string, unknown>) => Promise<unknown> {
  const [className, method] = name.split('.');
  return async (params = {}) => {
    const response = await fetch('/lightning/apex', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': document.body.dataset.user ?? '' },
      body: JSON.stringify({ class: className, method, params }),
    });
    const answer = (await response.json()) as { ok: true; body: unknown } | { ok: false; message: string };
    if (answer.ok) return answer.body;
    // What an AuraHandledException looks like to a component.
    throw Object.assign(new Error(answer.message), { body: { message: answer.message } });
  };
}
