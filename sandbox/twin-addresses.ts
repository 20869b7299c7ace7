/** A vendor with real keys keeps its real address; every other one is its twin. */
export function twinAddresses(
  keys: Record<string, string>,
  at: { hubspot: string; salesforce: string; deepgram: string; twilio: string; zoom: string; graph: string },
): Record<string, string> {
  return {
    ...(keys['HUBSPOT_CLIENT_ID'] ? {} : { HUBSPOT_API: at.hubspot, HUBSPOT_AUTHORIZE: `${at.hubspot}/oauth/authorize` }),
    ...(keys['SALESFORCE_CONSUMER_KEY'] ? {} : { SALESFORCE_LOGIN: at.salesforce }),
    TWILIO_API: at.twilio,
    ZOOM_API: at.zoom,
    ZOOM_LOGIN: at.zoom,
    ZOOM_FILES: at.zoom,
    ZOOM_RTMS: at.zoom,
    GRAPH_API: at.graph,
    GRAPH_LOGIN: at.graph,
    ...(keys['DEEPGRAM_API_KEY'] ? {} : { DEEPGRAM_API: at.deepgram }),
  };
}
