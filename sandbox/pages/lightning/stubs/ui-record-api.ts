/** The page's own panels stand in for Lightning Data Service: they are told to look again. */
export async function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<void> {
  document.dispatchEvent(new CustomEvent('record-changed', { detail: records }));
}
