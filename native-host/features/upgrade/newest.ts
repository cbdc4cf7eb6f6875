import * as v from 'valibot';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { isNewer } from '../../base/link/versions.ts';
import { type FetchOptions, fetchText } from '../settings/fetch-text.ts';

export const REGISTRY = 'https://registry.npmjs.org/';

/** What a published version looks like; whatever else a registry says is not shown to anybody. */
const Version = v.pipe(v.string(), v.maxLength(64), v.regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/));
const Tags = v.object({ latest: v.optional(Version), next: v.optional(Version) });

export interface Newest {
  readonly version: string;
  /** The tag that npm knows it by. */
  readonly tag: 'latest' | 'next';
}

/**
 * The newest awsher for somebody who has `own`: a prerelease only for who has one. Every way of publishing has the same
 * versions as npm's registry (.github/workflows/release.yml), so that it is asked, with one request that says nothing of this
 * computer. Throws NETWORK; USAGE for a registry that is no https address.
 */
export async function newestVersion(own: string, registry: string, options: FetchOptions): Promise<Newest> {
  const base = registry.endsWith('/') ? registry : `${registry}/`;
  const { text, address } = await fetchText(`${base}-/package/awsher/dist-tags`, options);
  const { latest, next } = tagsIn(text, address);
  const wanted: Newest[] = latest === undefined ? [] : [{ version: latest, tag: 'latest' }];
  if (next !== undefined && own.includes('-') && !(latest !== undefined && isNewer(latest, next)))
    wanted.push({ version: next, tag: 'next' });
  const newest = wanted.at(-1);
  if (newest === undefined) throw noVersion(address);
  return newest;
}

function tagsIn(text: string, address: string): v.InferOutput<typeof Tags> {
  try {
    return v.parse(Tags, JSON.parse(text));
  } catch (cause) {
    throw noVersion(address, cause);
  }
}

const noVersion = (address: string, cause?: unknown): AwsherError =>
  new AwsherError('NETWORK', `${address} lists no version of awsher.`, {
    hint: 'ask your npm registry: `npm view awsher dist-tags`',
    cause,
  });
