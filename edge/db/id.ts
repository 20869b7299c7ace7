/** Ids come in from addresses; one that is no uuid names nothing, and PostgreSQL would call it an error. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
