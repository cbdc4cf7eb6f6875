import { type ApprovalAddress, readApprovalAddress } from '../../../shared/approval/approval-address.ts';
import { isPageOf, type PageAddress, readPageAddress } from '../../../shared/approval/page-address.ts';
import { newerFacts, PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import { PageFacts } from '../../../shared/approval/page-facts-schema.ts';
import { slot } from '../../platform/storage.ts';

/** What a host told last; nothing in it is secret. */
const stored = slot('local', 'pageFacts', PageFacts, PAGE_FACTS);

let known = PAGE_FACTS;
/** The newest facts about AWS's pages that there are: of this build, or of a host that was updated since. */
export const pageFacts = (): PageFacts => known;

/** What was told before this background began. */
export async function loadPageFacts(): Promise<void> {
  known = newerFacts(known, await stored.read());
}

export async function takePageFacts(told: PageFacts): Promise<void> {
  known = newerFacts(known, told);
  await stored.write(told);
}

/** Addresses, as these facts have their forms. */
export const pageAddress = (address: string): PageAddress | null => readPageAddress(address, known.routes);
export const approvalAddress = (address: string): ApprovalAddress | null =>
  readApprovalAddress(address, known.routes);
export const isPageOfCode = (of: Parameters<typeof isPageOf>[0], address: string): boolean =>
  isPageOf(of, address, known.routes);
