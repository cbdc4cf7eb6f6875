/** Whether the browser believes that there is a network; it is sure only when it says no. */
export const isOnline = (): boolean => navigator.onLine;

/** Tells when that changes, until the returned function is called. */
export function onOnlineChange(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}
