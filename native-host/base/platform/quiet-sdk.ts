/**
 * Constructing an AWS client prints a warning about the Node version on the person's screen, once per process. The SDK's
 * own switch (`@aws-sdk/core` `emitWarningIfUnsupportedVersion`) is an environment variable; it is set for just that
 * moment, so that children do not inherit it and no other warning is lost.
 */
export function withoutSdkVersionWarning<T>(make: () => T): T {
  const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[name];
  process.env[name] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
