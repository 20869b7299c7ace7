/** Where Salesforce serves Lightning from: developer.salesforce.com, My Domain URL formats. */
const SALESFORCE = /^([a-z0-9-]+\.)+(lightning\.force\.com|my\.salesforce\.com|my\.site\.com|lightning\.force\.mil|my\.salesforce\.mil)$/;

/** May a page from here hold a screen's socket? Our own pages and Salesforce's may; programs, which name no page, prove themselves by ticket. */
export function mayShow(origin: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return true;
  const [page, own] = [URL.parse(origin), new URL(publicUrl)];
  if (!page) return false;
  if (page.origin === own.origin) return true;
  // On one machine the record pages stand on another port.
  if (own.hostname === '127.0.0.1' && page.hostname === own.hostname) return true;
  return page.protocol === 'https:' && page.port === '' && SALESFORCE.test(page.hostname);
}
