import { AwsherError } from '../errors/awsher-error.ts';

/**
 * Checks a start URL as a person typed it and returns it as it will be stored: the same text without a trailing
 * `#`, `#/` (older C++ SDKs cut at `#`, which changes the cache key). A company's own vanity domain is allowed.
 */
export function parseStartUrl(typed: string): string {
  const text = typed.trim().replace(/#\/?$/, '');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid('The start URL is no address.');
  }
  if (url.protocol !== 'https:') throw invalid('The start URL must begin with https://.');
  if (url.username || url.password) throw invalid('The start URL must not hold a user name.');
  if (url.hash) throw invalid('The start URL must not have a part after #.');
  if (/[\s\u0000-\u001f\u007f-\u{10ffff}]/u.test(text))
    throw invalid('The start URL must be plain ASCII without spaces.');
  if (!url.hostname.includes('.'))
    throw invalid('The start URL must name a host such as d-1234567890.awsapps.com.');
  return text;
}

/** The form in which two start URLs are compared: without a trailing `/`, `#` or `#/`, host in lower case. */
export function comparableStartUrl(startUrl: string): string {
  const bare = startUrl
    .trim()
    .replace(/#?\/*$/, '')
    .replace(/\/+$/, '');
  try {
    const { protocol, host, pathname, search } = new URL(bare);
    return `${protocol}//${host}${pathname.replace(/\/+$/, '')}${search}`;
  } catch {
    return bare;
  }
}

function invalid(message: string): AwsherError {
  return new AwsherError('START_URL_INVALID', message, {
    hint: 'copy it from the access portal: it looks like https://d-1234567890.awsapps.com/start',
  });
}
