import { useEffect, useState } from 'preact/hooks';
import { isOnline, onOnlineChange } from '../platform/online.ts';

/** Whether there is a network, as far as the browser knows. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(isOnline);
  useEffect(() => onOnlineChange(() => setOnline(isOnline())), []);
  return online;
}
