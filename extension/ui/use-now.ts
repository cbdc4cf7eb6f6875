import { useEffect, useState } from 'preact/hooks';
import { every } from '../platform/ticker.ts';
import { now } from '../platform/time.ts';

/** The time in milliseconds since 1970, renewed every so many milliseconds while the view is shown. */
export function useNow(milliseconds: number): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    setAt(now());
    return every(milliseconds, () => setAt(now()));
  }, [milliseconds]);
  return at;
}
