/** A documented resource. `takes` is the body's content type; absent means that it takes none. */
interface Resource {
  method: string;
  template: string;
  query: readonly string[];
  takes?: string;
  /** Of an OAuth form: grant type → the fields that go with it. */
  forms?: Readonly<Record<string, readonly string[]>>;
}

const v = '/services/data/v67.0';
const json = 'application/json';

/** What we use of Salesforce, and where its owner documents it. A resource that is not here has not been looked up yet. */
export const resources: readonly Resource[] = [
  // Help: "OAuth 2.0 Web Server Flow" with PKCE, and "OAuth 2.0 JWT Bearer Flow".
  {
    method: 'POST',
    template: '/services/oauth2/token',
    query: [],
    takes: 'application/x-www-form-urlencoded',
    forms: {
      authorization_code: ['client_id', 'client_secret', 'redirect_uri', 'code', 'code_verifier'],
      'urn:ietf:params:oauth:grant-type:jwt-bearer': ['assertion'],
    },
  },
  // Help: "Revoke OAuth Tokens": a POST with the token as its form.
  { method: 'POST', template: '/services/oauth2/revoke', query: [], takes: 'application/x-www-form-urlencoded' },
  // Help: "OpenID Connect", the user info endpoint.
  { method: 'GET', template: '/services/oauth2/userinfo', query: [] },
  // REST API Developer Guide: "Query"; the second is the address its nextRecordsUrl gives.
  { method: 'GET', template: `${v}/query`, query: ['q'] },
  { method: 'GET', template: `${v}/query/{locator}`, query: [] },
  // REST API Developer Guide: "sObject Rows".
  { method: 'GET', template: `${v}/sobjects/{object}/{id}`, query: ['fields'] },
  { method: 'PATCH', template: `${v}/sobjects/{object}/{id}`, query: [], takes: json },
  // REST API Developer Guide: "sObject Rows by External ID". Reading takes no parameters.
  { method: 'GET', template: `${v}/sobjects/{object}/{key}/{value}`, query: [] },
  { method: 'PATCH', template: `${v}/sobjects/{object}/{key}/{value}`, query: ['updateOnly'], takes: json },
  // User Interface API Developer Guide: "Get a Record" and "Get Values for a Picklist Field".
  { method: 'GET', template: `${v}/ui-api/records/{id}`, query: ['fields', 'optionalFields'] },
  { method: 'GET', template: `${v}/ui-api/object-info/{object}/picklist-values/{recordTypeId}/{field}`, query: [] },
];
