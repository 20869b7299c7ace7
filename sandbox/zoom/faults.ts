/** What can go wrong between Zoom and us, asked for by tests. Each happens once. */
export interface ZoomFaults {
  /** The next API request is one too many. */
  busyNext(retryAfterS: number): void;
  /** The next file redirects there. */
  redirectNext(location: string): void;
  /** The next recordings answer has this address for each of its files. */
  addressNext(downloadUrl: string): void;
  /** The next file breaks off with no answer. */
  resetNext(): void;
  /** The next webhook is signed with another token. */
  forgeNext(): void;
  /** Every token so far is over. */
  expireTokens(): void;
}

export interface ZoomTrouble {
  busy: number[];
  redirects: string[];
  addresses: string[];
  resets: number;
  forgeries: number;
}

export const noTrouble = (): ZoomTrouble => ({ busy: [], redirects: [], addresses: [], resets: 0, forgeries: 0 });
