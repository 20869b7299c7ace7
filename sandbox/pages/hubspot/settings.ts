/** `/hubspot/config.json`: what the page has to know to play HubSpot. */
export interface Settings {
  user: PageUser;
  users: PageUser[];
  portal: { id: number; timezone: string };
  app: { id: number; name: string };
  record: { objectId: number; objectTypeId: string };
  /** `context.variables` of the cards. */
  variables: Record<string, string>;
}

export interface PageUser {
  key: string;
  userId: number;
  firstName: string;
  lastName: string;
  email: string;
  /** What the switcher says about them. */
  note: string;
}
