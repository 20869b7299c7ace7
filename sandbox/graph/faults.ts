/** What can go wrong between Graph and us, asked for by tests. Each happens once unless it says otherwise. */
export interface GraphFaults {
  /** The next request to the API is one too many. */
  busyNext(retryAfterS: number): void;
  /** Every token so far is over. */
  expireTokens(): void;
  /** The next notification carries another client state. */
  forgeStateNext(): void;
  /** The next notification's validation token is signed by somebody else. */
  forgeTokenNext(): void;
  /** The next notification's content says that the transcript lies there. */
  addressNext(url: string): void;
  /** Until told otherwise, no policy lets the app at anybody's meetings. */
  setPolicy(isThere: boolean): void;
}
