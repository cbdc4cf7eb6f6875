import { pageHost } from './hosts.ts';

/** A free name for a portal: its alias, the company's own name, or `aws` where the address has only numbers. */
export function suggestName(startUrl: string, taken: readonly string[]): string {
  const { hostname } = new URL(startUrl);
  const labels = hostname.split('.');
  const told = pageHost(hostname) === null ? labels.at(-2) : labels[0];
  const name = told === undefined || /^(?:d-[0-9a-f]{10}|ssoins-.*|start|view)$/.test(told) ? 'aws' : told;
  let free = name;
  for (let next = 2; taken.includes(free); next++) free = `${name}-${next}`;
  return free;
}
