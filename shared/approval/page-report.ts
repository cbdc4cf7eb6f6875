import * as v from 'valibot';
import { printable } from '../printable.ts';
import { userCodesIn } from './user-code.ts';

/** What a content script tells of a page's shape; hostile until parsed. */
export const PageOutline = v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(120));

export interface ReportedPage {
  /** Host and path, never a query. */
  page: string;
  /** What the extension and its facts are. */
  version: string;
  browser: string;
  asOf: string;
  /** `null`: awsher may not see the page. */
  outline: readonly string[] | null;
}

/** A page that awsher does not know, as text to be handed on. A code that should have been left out is. */
export function pageReport({ page, version, browser, asOf, outline }: ReportedPage): string {
  const shape = outline === null ? ['(awsher may not see this page)'] : outline;
  const text = [`page ${page}`, `awsher ${version} in ${browser}, page facts of ${asOf}`, ...shape].join(
    '\n',
  );
  return userCodesIn(text, 50)
    .reduce((rest, code) => rest.replaceAll(code, '…'), printable(text, { keep: '\n' }))
    .slice(0, 12_000);
}

/** Host and path of an address, with `…` for a part that may name somebody: it has a digit in it. */
export function pageName(address: string): string {
  const { hostname, pathname } = new URL(address);
  const path = pathname
    .split('/')
    .map((part) => (/^[a-z_-]*$/i.test(part) ? part : '…'))
    .join('/');
  return `${hostname}${path}`.slice(0, 200);
}
